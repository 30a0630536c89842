package dev.kiln.routes.inbox;

import java.util.List;

/**
 * What is known of a message before it is translated.
 *
 * @param type message type and trigger, for example {@code ADT^A01}; empty where the message does
 *     not say
 * @param controlId the sender's own number of the message; empty where it has none
 * @param sender sending application and facility, for example {@code LAB|HOSPITAL}; empty where it
 *     does not say
 * @param lanes keys of the patients that it may be about: messages that share one are applied in
 *     the order of their arrival. Empty where it names nobody
 * @param merges whether it makes one patient of several, so that all its lanes are one from then on
 * @param refusal why it is refused, or null where it is accepted
 */
public record Receipt(
    String type,
    String controlId,
    String sender,
    List<String> lanes,
    boolean merges,
    Refusal refusal) {

  /** A message of which nothing could be read. */
  public static Receipt unreadable(Refusal why) {
    return new Receipt("", "", "", List.of(), false, why);
  }

  public boolean isAccepted() {
    return refusal == null;
  }

  /** The same message, refused. */
  public Receipt refusedBecause(Refusal why) {
    return new Receipt(type, controlId, sender, lanes, merges, why);
  }
}

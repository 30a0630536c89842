package dev.kiln.routes.inbox;

/**
 * What is known of a message before it is translated.
 *
 * @param type message type and trigger, for example {@code ADT^A01}; empty where the message does
 *     not say
 * @param controlId the sender's own number of the message; empty where it has none
 * @param sender sending application and facility, for example {@code LAB|HOSPITAL}; empty where it
 *     does not say
 * @param refusal why it is refused, or null where it is accepted
 */
public record Receipt(String type, String controlId, String sender, Refusal refusal) {

  public boolean isAccepted() {
    return refusal == null;
  }

  /** The same message, refused. */
  public Receipt refusedBecause(Refusal why) {
    return new Receipt(type, controlId, sender, why);
  }
}

package dev.kiln.routes.control;

import dev.kiln.routes.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All messages that ever came and are still kept, to be found and read. */
public interface MessageArchive {

  /** What became of a message so far, by the word in which it is asked for. */
  enum State {
    /** It waits. */
    RECEIVED,
    APPLIED,
    /** It was refused when it came. */
    REJECTED,
    /** It is a dead letter. */
    FAILED
  }

  /**
   * What is looked for; whatever is null may be anything.
   *
   * @param ids of the messages themselves; null where they are not named
   * @param patient reference of a Patient in the store: messages that told of it, and those that
   *     wait or failed and are about the same identifiers
   * @param type as in {@code ADT^A01}
   * @param source name of the listener by which they came
   * @param from received then or later
   * @param until received then or earlier
   * @param reason of a refusal or a dead letter
   * @param after where the last answer ended
   * @param most so many
   */
  record Query(
      Set<MessageId> ids,
      String controlId,
      String patient,
      String type,
      String sender,
      String source,
      Instant from,
      Instant until,
      State state,
      String reason,
      Place after,
      int most) {

    /** The same of these messages alone. */
    public Query named(Set<MessageId> named) {
      return new Query(
          named, controlId, patient, type, sender, source, from, until, state, reason, after, most);
    }
  }

  /** A place in the order in which messages are told: the latest first. */
  record Place(Instant received, MessageId message) {}

  /**
   * A message without what it says.
   *
   * @param source by which way it came
   * @param reason empty unless it was refused or failed
   * @param finished null while it waits
   * @param warnings how many
   * @param unread how many of its fields nobody has read
   */
  record Entry(
      MessageId id,
      Instant received,
      String source,
      String format,
      String type,
      String controlId,
      String sender,
      State state,
      String reason,
      Instant finished,
      int warnings,
      int unread) {}

  /**
   * A whole message.
   *
   * @param raw its bytes as they came; none where the key that sealed them is lost
   * @param detail what is wrong with it, in words that may quote it; empty where nothing is
   * @param location where, as ERR-2 names it; empty where nobody knows
   * @param runs how often it has been replayed
   * @param trace by resource, with its version where the message changed it: elements and the
   *     fields that they came from
   */
  record Whole(
      Entry entry,
      byte[] raw,
      String detail,
      String location,
      int runs,
      List<String> warnings,
      List<String> unread,
      Map<String, Map<String, String>> trace) {}

  /**
   * What a message told of one resource.
   *
   * @param version that it made; empty where it changed nothing
   * @param elements {@code name[0].family} → {@code PID-5.1}
   */
  record Source(Entry message, String version, Map<String, String> elements) {}

  /** The latest first. */
  List<Entry> find(Query query);

  /**
   * The same messages in the order in which they first came, whether or not they have been replayed
   * since.
   *
   * @param wanted whose place and number are left aside
   * @param after the place of the last one that is left out; 0 to begin
   */
  List<Arrival> arrivals(Query wanted, long after, int most);

  /**
   * @param place in the order of all messages
   */
  record Arrival(MessageId message, long place) {}

  Optional<Whole> read(MessageId id);

  /**
   * The messages that told of a resource, the latest first.
   *
   * @param reference for example {@code Patient/17}
   */
  List<Source> sources(String reference, int most);
}

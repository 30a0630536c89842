package dev.kiln.routes.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sees what is amiss; alerts are made of it. Whoever runs an interface of his own adds one. */
public interface Watch {

  /** What it looks for. */
  Set<Kind> kinds();

  /**
   * What is amiss at this moment.
   *
   * @throws RuntimeException where that cannot be found out; nothing is taken for ended then
   */
  List<Condition> look();

  /**
   * A certificate that ends within 30 days, 7 days or one, or has ended: each is more urgent than
   * the one before.
   *
   * @param listener that shows it
   */
  static Optional<Condition> certificate(String listener, Instant ends, Instant now) {
    int urgency = 0;
    for (long days : new long[] {30, 7, 1, 0}) {
      if (!ends.isAfter(now.plus(Duration.ofDays(days)))) {
        urgency++;
      }
    }
    return urgency == 0
        ? Optional.empty()
        : Optional.of(new Condition(Kind.CERTIFICATE_ENDS, listener, "", "", 0, ends, urgency));
  }

  /** What can be amiss. */
  enum Kind {
    /** Messages of a sender have become dead letters for a reason. */
    DEAD_LETTERS,
    /** Messages that came to a listener are tried again and again, and hold up those behind. */
    LANES_BLOCKED,
    /** A message that came to a listener waits for long. */
    MESSAGES_WAIT,
    /** Nothing has reached a listener. */
    LISTENER_SILENT,
    /** A listener's certificate ends soon, or has ended. */
    CERTIFICATE_ENDS,
    /** No message can be taken in. */
    INBOX_CANNOT_COMMIT,
    /** A place from which messages are fetched cannot be asked. */
    POLLING_FAILS
  }

  /**
   * One thing that is amiss. It stays the same one as long as kind, listener, sender and reason do.
   *
   * @param listener by its name; empty where it is about none
   * @param sender sending application and facility; empty where it is about none
   * @param reason by its name; empty where it has none
   * @param count how many messages or lanes; 0 where there is nothing to count
   * @param since when it began; of a certificate, when it ends
   * @param urgency told of anew at once where it grows
   */
  record Condition(
      Kind kind,
      String listener,
      String sender,
      String reason,
      long count,
      Instant since,
      int urgency) {

    /** By which it is known again. */
    public String key() {
      return String.join("\u001f", kind.name(), listener, sender, reason);
    }
  }
}

package dev.kiln.routes.control;

import dev.kiln.routes.MessageId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What comes in by each way, and how it fares. */
public interface ListenerTraffic {

  /**
   * By the names of the listeners; one by which nothing has ever come is not there.
   *
   * @param since from when on messages are counted that are not waiting and no dead letters
   */
  Map<String, Traffic> since(Instant since);

  /** How much waits, and how many dead letters there are, in all. */
  Totals totals();

  /**
   * @param received since then
   * @param refused of these
   * @param failed dead letters among these
   * @param waiting at this moment
   * @param deadLetters at this moment
   * @param oldest when the one came that has waited longest
   * @param lastFault the latest one that was refused or failed
   */
  record Traffic(
      long received,
      long refused,
      long failed,
      long waiting,
      long deadLetters,
      Optional<Instant> oldest,
      Optional<Fault> lastFault) {}

  record Fault(MessageId message, String reason, Instant received) {}

  /**
   * @param latest the place of the latest message, which is another one as soon as one has come
   */
  record Totals(long waiting, long deadLetters, long latest) {}
}

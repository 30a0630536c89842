package dev.kiln.routes.control;

import dev.kiln.routes.MessageId;
import java.time.Duration;
import java.util.NoSuchElementException;

/** What those who run the hub ask of the inbox: whether it lives, and to bring a message back. */
public interface InboxControl {

  /**
   * Commits something to where messages are kept, to find out whether messages could be taken in at
   * this moment.
   *
   * @throws RuntimeException where that cannot be done
   */
  void beat();

  /**
   * Translates a message anew from its bytes and applies it, behind what waits for the same
   * patients.
   *
   * @param patience how long to wait for what becomes of it
   * @throws NoSuchElementException where there is no such message
   * @throws IllegalStateException where it waits already, or its sender has sent it again meanwhile
   */
  Result replay(MessageId message, Duration patience);

  /**
   * @param reason why it failed or is refused, by the name of the reason; empty otherwise
   */
  record Result(State state, String reason) {}

  /** What became of a replayed message. */
  enum State {
    APPLIED,
    /** It is a dead letter. */
    FAILED,
    /** It is refused again, and stays as it was. */
    REFUSED,
    /** It is on its way and has not been finished in that time. */
    WAITING
  }
}

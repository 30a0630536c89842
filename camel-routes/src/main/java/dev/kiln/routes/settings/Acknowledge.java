package dev.kiln.routes.settings;

import java.time.Duration;

/** The moment from which on a sender may forget a message. */
public enum Acknowledge {
  ON_COMMIT,
  ON_APPLIED;

  /**
   * How long an acknowledgement waits for its message to be applied.
   *
   * @param most where it waits at all
   */
  Duration patience(Duration most) {
    return this == ON_APPLIED ? most : Duration.ZERO;
  }
}

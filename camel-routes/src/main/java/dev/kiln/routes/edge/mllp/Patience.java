package dev.kiln.routes.edge.mllp;

import java.time.Duration;

/**
 * How long a listener waits for what.
 *
 * @param frame for the end of a frame that was begun, counted while nothing but the sender is
 *     waited for
 * @param endOfBlock for the CR behind the end of a frame, which many senders leave out
 * @param silence for more of what stands outside of frames, before it is answered
 * @param idle for the next frame, where another sender has need of the place
 * @param answer for a sender to read an answer
 * @param stop for messages that are under way when the listener is stopped
 * @param handshake for a sender to agree on TLS
 * @param renewal before it looks again at whether a certificate has been renewed
 */
record Patience(
    Duration frame,
    Duration endOfBlock,
    Duration silence,
    Duration idle,
    Duration answer,
    Duration stop,
    Duration handshake,
    Duration renewal) {

  static Patience with(Duration frame) {
    return new Patience(
        frame,
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1));
  }
}

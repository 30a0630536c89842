package dev.kiln.routes.inbox;

/**
 * Messages of one format with which a listener is tried: they are acknowledged and kept as any
 * other, and say nothing that belongs into a record.
 */
public interface TestMessages {

  /**
   * A fresh one.
   *
   * @param listener its name
   */
  TestMessage to(String listener);

  /** Whether this is the answer to that message, and it was accepted. Never throws. */
  boolean isAccepted(byte[] acknowledgement, TestMessage sent);

  /**
   * @param controlId by which it is found again
   */
  record TestMessage(String controlId, byte[] bytes) {}
}

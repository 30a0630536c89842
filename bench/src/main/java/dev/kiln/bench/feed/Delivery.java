package dev.kiln.bench.feed;

/**
 * One message on its way: how often it was sent, and what came back. Written by its sender alone.
 */
public final class Delivery {

  private final Message message;
  private volatile int tries;
  private volatile String code;
  private volatile long nanos;

  Delivery(Message message) {
    this.message = message;
  }

  void tried() {
    tries++;
  }

  void answered(String code, long nanos) {
    this.nanos = nanos;
    this.code = code;
  }

  public Message message() {
    return message;
  }

  /** How often it went out whole; more than once where the acknowledgement did not arrive. */
  public int tries() {
    return tries;
  }

  /** Whether the hub has said that it keeps the message (AA, CA). */
  public boolean isAccepted() {
    return code != null && code.endsWith("A");
  }

  /** Whether the hub has said that it will never take the message (AR, CR). */
  public boolean isRefused() {
    return code != null && !isAccepted();
  }

  /** From the last sending to its acknowledgement. */
  public long nanos() {
    return nanos;
  }
}

package dev.kiln.bench.feed;

import java.util.Map;
import java.util.TreeMap;

/**
 * One message on its way: how often it was sent, and what came back. Written by its sender alone.
 */
public final class Delivery {

  private final Message message;
  private volatile int tries;
  private volatile String code;
  private volatile long nanos;
  private volatile long ended;
  private volatile Map<String, Integer> failures = Map.of();
  private final long begun = System.nanoTime();

  Delivery(Message message) {
    this.message = message;
  }

  void tried() {
    tries++;
  }

  void answered(String code, long nanos) {
    this.nanos = nanos;
    this.ended = System.nanoTime();
    this.code = code;
  }

  /**
   * @param what came instead of an acknowledgement that ends it
   */
  void failed(String what) {
    Map<String, Integer> more = new TreeMap<>(failures);
    more.merge(what, 1, Integer::sum);
    failures = more;
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

  /** What came instead of an acknowledgement that ends it, and how often. */
  public Map<String, Integer> failures() {
    return failures;
  }

  /** When it was first to be sent, by the clock of {@link System#nanoTime}. */
  public long begun() {
    return begun;
  }

  /** From then until it was accepted or refused, however often it was sent; until now before. */
  public long waited() {
    return (code == null ? System.nanoTime() : ended) - begun;
  }

  /** From the last sending to its acknowledgement. */
  public long nanos() {
    return nanos;
  }
}

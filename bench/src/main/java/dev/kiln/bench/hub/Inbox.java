package dev.kiln.bench.hub;

import java.io.IOException;
import java.time.Duration;

/** What the hub's metrics tell of its inbox. */
public final class Inbox {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private final Api api;

  Inbox(Api api) {
    this.api = api;
  }

  /** How many messages wait to be applied. */
  public long waiting() throws IOException, InterruptedException {
    return messages("received");
  }

  /** How many messages have become dead letters. */
  public long deadLetters() throws IOException, InterruptedException {
    return messages("failed");
  }

  /** How many messages have been deleted, since they had been kept for long enough. */
  public long pruned() throws IOException, InterruptedException {
    return api.get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("kiln_inbox_pruned_total{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private long messages(String state) throws IOException, InterruptedException {
    String metric = "kiln_inbox_messages{state=\"" + state + "\"} ";
    return api.get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(metric))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(metric.length())))
        .findFirst()
        .orElseThrow(() -> new IOException("The hub does not report " + metric.strip()));
  }

  /**
   * Waits until nothing waits in it.
   *
   * @throws IOException where the hub dies, or no message is applied for two minutes
   */
  public void awaitDrained() throws IOException, InterruptedException {
    long least = Long.MAX_VALUE;
    long progress = System.nanoTime();
    for (long waiting = waiting(); waiting > 0; waiting = waiting()) {
      if (waiting < least) {
        least = waiting;
        progress = System.nanoTime();
      }
      if (System.nanoTime() - progress > LONGEST_PAUSE.toNanos()) {
        throw new IOException(waiting + " messages wait, and none is applied");
      }
      Thread.sleep(100);
    }
  }
}

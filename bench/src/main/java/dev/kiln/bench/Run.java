package dev.kiln.bench;

import dev.kiln.bench.feed.Delivery;
import dev.kiln.bench.feed.Feed;
import dev.kiln.bench.feed.Message;
import dev.kiln.bench.feed.Ward;
import dev.kiln.bench.hub.HubUnderTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * How a hub has taken a number of messages.
 *
 * @param deliveries all of them, those of one connection in their order
 * @param sendingSeconds from the first message's sending to the last acknowledgement
 * @param drainingSeconds from there until nothing waited in the inbox
 */
record Run(List<Delivery> deliveries, double sendingSeconds, double drainingSeconds) {

  static final int CONNECTIONS = 8;

  /**
   * Sends as fast as is acknowledged, each connection messages about patients of its own, and waits
   * until all are applied.
   *
   * @param name tells the messages from those of other runs
   */
  static Run of(HubUnderTest hub, String name, int messages, int seed)
      throws IOException, InterruptedException {
    List<Iterator<Message>> lanes = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Ward ward = new Ward(name + Integer.toString(seed, 36) + (char) ('A' + i), seed);
      List<Message> lane = new ArrayList<>();
      for (int each = 0; each < messages / CONNECTIONS; each++) {
        lane.add(ward.next());
      }
      lanes.add(lane.iterator());
    }
    try (Feed feed = new Feed(hub.mllpPort(), lanes)) {
      long begin = System.nanoTime();
      feed.allowAll();
      feed.await();
      long sent = System.nanoTime();
      hub.inbox().awaitDrained();
      return new Run(feed.deliveries(), (sent - begin) / 1e9, (System.nanoTime() - sent) / 1e9);
    }
  }

  double messagesPerSecond() {
    return accepted() / (sendingSeconds + drainingSeconds);
  }

  long accepted() {
    return deliveries.stream().filter(Delivery::isAccepted).count();
  }

  long refused() {
    return deliveries.stream().filter(Delivery::isRefused).count();
  }

  /**
   * Milliseconds from a message's sending to its acknowledgement that so many percent stay below.
   */
  double acknowledgedWithin(int percent) {
    return percentile(
        deliveries.stream().map(delivery -> delivery.nanos() / 1e6).toList(), percent);
  }

  static double percentile(List<Double> values, int percent) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.size()) - 1));
  }
}

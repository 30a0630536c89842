package dev.kiln.bench;

import dev.kiln.bench.feed.Delivery;
import java.util.List;

/**
 * How a hub has taken a number of messages.
 *
 * @param deliveries all of them, those of one connection in their order
 * @param sendingSeconds from the first message's sending to the last acknowledgement
 * @param drainingSeconds from there until nothing waited in the inbox
 */
record Run(List<Delivery> deliveries, double sendingSeconds, double drainingSeconds) {

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

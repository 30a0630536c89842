package dev.kiln.routes.inbox.work;

import dev.kiln.routes.inbox.queue.Leases.Leased;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What is counted of the workers. */
final class WorkMeters {

  private static final Pattern TYPE = Pattern.compile("[A-Z]{3}\\^[A-Z][0-9]{2}");
  private static final int MOST_TYPES = 60;
  private static final String OTHER = "other";

  private final MeterRegistry metrics;
  private final Counter postponed;
  private final Set<String> types = ConcurrentHashMap.newKeySet();

  WorkMeters(MeterRegistry metrics) {
    this.metrics = metrics;
    this.postponed =
        Counter.builder("kiln.inbox.postponed")
            .description("Tries that failed by a passing fault and are made again")
            .register(metrics);
  }

  void postponed() {
    postponed.increment();
  }

  /**
   * @param outcome applied or failed
   */
  void finished(Leased message, String outcome) {
    String type = label(message.type());
    metrics.counter("kiln.inbox.finished", "outcome", outcome, "type", type).increment();
    // A replay would count from when the message came, which may be years ago.
    if (outcome.equals("applied") && message.delivery().run() == 0) {
      Duration taken = Duration.between(message.delivery().receivedAt(), Instant.now());
      Timer.builder("kiln.inbox.applied")
          .description("From the commit of a message to its being applied, replays apart")
          .serviceLevelObjectives(
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofSeconds(10),
              Duration.ofMinutes(1),
              Duration.ofMinutes(10),
              Duration.ofHours(1))
          .tag("type", type)
          .register(metrics)
          .record(taken.isNegative() ? Duration.ZERO : taken);
    }
  }

  /**
   * What a message calls itself may be anything, also a name, and never the same twice; even what
   * looks like a type may be another one each time.
   */
  private String label(String type) {
    if (!TYPE.matcher(type).matches()) {
      return OTHER;
    }
    if (types.size() < MOST_TYPES) {
      types.add(type);
    }
    return types.contains(type) ? type : OTHER;
  }
}

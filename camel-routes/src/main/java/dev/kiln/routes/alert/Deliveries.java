package dev.kiln.routes.alert;

import dev.kiln.routes.alert.way.AlertWay;
import dev.kiln.routes.alert.way.Notice;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is still to be told, on each way apart: one that fails holds up no other. */
final class Deliveries {

  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
  private static final int MOST = 1000;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  /** Later it is no news any more, and a reminder may have come. */
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);

  private final Map<String, AlertWay> ways;
  private final Clock clock;
  private final MeterRegistry metrics;
  private List<Pending> pending = new ArrayList<>();

  Deliveries(List<AlertWay> ways, Clock clock, MeterRegistry metrics) {
    this.ways = ways.stream().collect(Collectors.toMap(AlertWay::name, Function.identity()));
    this.clock = clock;
    this.metrics = metrics;
    // From the start, so that the first failure is seen as a rise.
    for (AlertWay way : ways) {
      List.of("sent", "failed", "given_up").forEach(outcome -> counter(way, outcome));
    }
  }

  /**
   * A notice on one way.
   *
   * @param way as in {@link AlertWay#name()}
   * @param tries how many have failed
   * @param nextAt when the next one is due
   */
  record Pending(Notice notice, String way, Instant madeAt, int tries, Instant nextAt) {}

  List<Pending> pending() {
    return List.copyOf(pending);
  }

  /** Goes on where an earlier run ended; what was to go a way that is no more is let go. */
  void resume(List<Pending> left) {
    left.stream().filter(one -> ways.containsKey(one.way())).forEach(pending::add);
  }

  void add(Notice notice) {
    if (pending.size() + ways.size() > MOST) {
      log.warn("An alert is not sent: {} wait already", pending.size());
      return;
    }
    Instant now = clock.instant();
    ways.keySet().forEach(way -> pending.add(new Pending(notice, way, now, 0, now)));
  }

  /**
   * Tells what is due.
   *
   * @return whether anything was
   */
  boolean deliver() throws InterruptedException {
    List<Pending> left = new ArrayList<>();
    boolean isChanged = false;
    for (Pending one : pending) {
      if (one.nextAt().isAfter(clock.instant())) {
        left.add(one);
      } else {
        isChanged = true;
        tell(one, left);
      }
    }
    pending = left;
    return isChanged;
  }

  private void tell(Pending one, List<Pending> left) throws InterruptedException {
    AlertWay way = ways.get(one.way());
    try {
      way.tell(one.notice());
      count(way, "sent");
    } catch (IOException | RuntimeException e) {
      // Its message may quote an address.
      log.warn("An alert did not arrive by {}: {}", way.kind(), e.getClass().getSimpleName());
      Instant now = clock.instant();
      if (now.isAfter(one.madeAt().plus(GIVEN_UP_AFTER))) {
        count(way, "given_up");
      } else {
        count(way, "failed");
        int tries = one.tries() + 1;
        left.add(new Pending(one.notice(), one.way(), one.madeAt(), tries, now.plus(pause(tries))));
      }
    }
  }

  /** Twice as long each time; a random part, so that many hubs do not come at once. */
  private static Duration pause(int tries) {
    long millis = FIRST_PAUSE.toMillis() << Math.min(tries - 1, 20);
    millis = Math.min(millis, LONGEST_PAUSE.toMillis());
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2));
  }

  private void count(AlertWay way, String outcome) {
    counter(way, outcome).increment();
  }

  private Counter counter(AlertWay way, String outcome) {
    return metrics.counter("kiln.alerts.notices", "way", way.kind(), "outcome", outcome);
  }
}

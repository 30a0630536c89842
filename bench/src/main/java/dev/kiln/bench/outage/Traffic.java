package dev.kiln.bench.outage;

import dev.kiln.bench.feed.Delivery;
import dev.kiln.bench.feed.Feed;
import dev.kiln.bench.feed.Ward;
import dev.kiln.bench.hub.HubUnderTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Senders that send before an outage, in it and after it, each a message at every beat at most: no
 * faster than the store takes them, so that what waits is what the outage has made wait.
 */
final class Traffic implements AutoCloseable {

  private static final int MESSAGES_PER_SECOND = 20;

  private final Feed feed;
  private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor();
  private final List<Long> phases = new ArrayList<>();

  /**
   * @param name keeps their patients apart from those of others
   */
  Traffic(HubUnderTest hub, int senders, String name, int seed) {
    List<Ward> wards = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      wards.add(new Ward(name + Integer.toString(seed, 36) + "S" + i + "X", seed));
    }
    feed = new Feed(hub.mllpPort(), wards);
    next();
    long millis = 1000L * senders / MESSAGES_PER_SECOND;
    beat.scheduleAtFixedRate(() -> feed.allow(1), 0, millis, TimeUnit.MILLISECONDS);
  }

  /** What is sent from now on belongs to the next phase. */
  void next() {
    phases.add(System.nanoTime());
  }

  /** Ends when what was begun is acknowledged. */
  void end() throws IOException, InterruptedException {
    beat.shutdownNow();
    feed.end();
  }

  List<Delivery> deliveries() {
    return feed.deliveries();
  }

  /** Those that were begun in a phase, counted from 0. */
  private List<Delivery> of(int phase) {
    long from = phases.get(phase);
    long until = phase + 1 < phases.size() ? phases.get(phase + 1) : Long.MAX_VALUE;
    return deliveries().stream()
        .filter(delivery -> delivery.begun() - from >= 0 && delivery.begun() - until < 0)
        .toList();
  }

  /** Milliseconds to an acknowledgement that 95 of 100 messages of a phase stay below. */
  double acknowledgedWithinMillis95(int phase) {
    List<Long> waits = of(phase).stream().map(Delivery::waited).sorted().toList();
    return waits.isEmpty()
        ? Double.NaN
        : Math.round(waits.get((int) Math.ceil(0.95 * waits.size()) - 1) / 1e4) / 100.0;
  }

  double longestWaitSeconds() {
    return deliveries().stream().mapToLong(Delivery::waited).max().orElse(0) / 100_000_000 / 10.0;
  }

  /** What senders saw instead of an acknowledgement that they can end at. */
  Map<String, Integer> failures() {
    Map<String, Integer> all = new TreeMap<>();
    for (Delivery delivery : deliveries()) {
      delivery.failures().forEach((what, times) -> all.merge(what, times, Integer::sum));
    }
    return all;
  }

  @Override
  public void close() {
    beat.shutdownNow();
    feed.close();
  }
}

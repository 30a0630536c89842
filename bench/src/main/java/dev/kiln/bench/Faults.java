package dev.kiln.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.bench.feed.Delivery;
import dev.kiln.bench.feed.Feed;
import dev.kiln.bench.feed.Message;
import dev.kiln.bench.feed.Ward;
import dev.kiln.bench.hub.HubUnderTest;
import dev.kiln.bench.verdict.Examination;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Crashes the hub after each step of a message's way, and at random moments, while four senders
 * send; then examines whether every acknowledged message did what it says once and in order.
 *
 * <p>All happens on one data folder. Each restart is the next crash's start, so that crashes also
 * fall into the clearing up after the last one; after some of them the hub is left in peace until
 * its inbox is empty.
 */
final class Faults {

  /** As {@code kiln.halt-at} names them. */
  private static final List<String> STEPS =
      List.of("RAW_COMMITTED", "ACK_SENT", "LEASED", "BUNDLE_COMMITTED", "MARKED_DONE");

  private static final int CONNECTIONS = 4;
  private static final int MOST_TIMES = 40;
  private static final int CRASHES_IN_A_ROW = 10;

  /** Messages of each connection beyond those that a step needs to be reached. */
  private static final int SPARE = 5;

  private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);
  private static final int LONGEST_LIFE_MILLIS = 2000;

  private final HubUnderTest hub;
  private final List<Drill> drills = new ArrayList<>();
  private final List<Integer> rounds = new ArrayList<>();
  private final int seed;
  private final Random random;

  /** Where the senders get their messages from; each drill has patients of its own. */
  private volatile List<Ward> wards;

  /**
   * @param rounds crashes after each step
   * @param atRandom crashes at random moments
   * @param seed decides messages and moments
   */
  Faults(Path jar, Path folder, int rounds, int atRandom, int seed) throws IOException {
    this.hub = new HubUnderTest(jar, folder.resolve("data"), HubUnderTest.SHORT_LIVED);
    this.seed = seed;
    this.random = new Random(seed);
    STEPS.forEach(step -> add(step, rounds));
    add(Drill.RANDOM, atRandom);
    if (drills.isEmpty()) {
      throw new IllegalArgumentException("Without rounds and without random ones nothing is tried");
    }
  }

  private void add(String step, int number) {
    if (number > 0) {
      drills.add(new Drill(step));
      rounds.add(number);
    }
  }

  Report run() throws IOException, InterruptedException {
    Instant begin = Instant.now();
    try (hub;
        Feed feed = new Feed(hub.mllpPort(), lanes())) {
      int crashes = 0;
      for (int i = 0; i < drills.size(); i++) {
        Drill drill = drills.get(i);
        wards = wards(drill);
        for (int round = 1; round <= rounds.get(i); round++) {
          drill.round(crash(drill, feed));
          Bench.progress("%s: %d of %d", drill.step(), round, rounds.get(i));
          if (++crashes % CRASHES_IN_A_ROW == 0) {
            hub.start();
            hub.inbox().awaitDrained();
            hub.close();
          }
        }
      }
      hub.start();
      feed.end();
      hub.inbox().awaitDrained();
      judge(feed.deliveries(), hub.fhir().versions(begin));
    }
    return report();
  }

  private List<Iterator<Message>> lanes() {
    List<Iterator<Message>> lanes = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int connection = i;
      lanes.add(
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return true;
            }

            @Override
            public Message next() {
              return wards.get(connection).next();
            }
          });
    }
    return lanes;
  }

  private List<Ward> wards(Drill drill) {
    List<Ward> wards = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      wards.add(new Ward(drill.initial() + Integer.toString(seed, 36) + (char) ('A' + i), seed));
    }
    return wards;
  }

  /** Returns whether the hub died as it should; where it did not, it is stopped. */
  private boolean crash(Drill drill, Feed feed) throws IOException, InterruptedException {
    int times = 1 + random.nextInt(MOST_TIMES);
    long begin = System.nanoTime();
    hub.start(drill.isAtRandom() ? Map.of() : Map.of("KILN_HALTAT", drill.step() + ":" + times));
    // What waits in the inbox can halt it before it is ready.
    boolean ready = hub.awaitReady();
    if (ready) {
      drill.restarted((System.nanoTime() - begin) / 1e9);
    }
    feed.allow(times / CONNECTIONS + SPARE);
    if (drill.isAtRandom()) {
      Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
      hub.kill();
      return ready;
    }
    boolean halted = hub.awaitHalt(LONGEST_ROUND);
    if (!halted) {
      hub.close();
    }
    return halted;
  }

  private void judge(List<Delivery> deliveries, List<JsonNode> versions) {
    for (Drill drill : drills) {
      List<Delivery> own =
          deliveries.stream()
              .filter(delivery -> delivery.message().controlId().startsWith(drill.initial()))
              .toList();
      drill.judged(own, Examination.of(own, versions));
    }
  }

  private Report report() {
    Table table = new Table();
    StringBuilder findings = new StringBuilder();
    table.row(drills.get(0).facts().keySet().toArray());
    for (Drill drill : drills) {
      table.row(drill.facts().values().toArray());
      drill.findings().forEach(finding -> findings.append(finding).append('\n'));
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("seed", seed);
    facts.put("steps", drills.stream().map(Drill::facts).toList());
    facts.put("findings", drills.stream().flatMap(drill -> drill.findings().stream()).toList());
    return new Report(
        drills.stream().allMatch(Drill::isSound),
        "seed " + seed + "\n\n" + table + findings,
        facts);
  }
}

package dev.kiln.bench;

import dev.kiln.bench.feed.Delivery;
import dev.kiln.bench.feed.Feed;
import dev.kiln.bench.feed.Ward;
import dev.kiln.bench.hub.HubUnderTest;
import dev.kiln.bench.verdict.Examination;
import dev.kiln.bench.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Crashes the hub after each step of a message's way, and at random moments, while four senders
 * send; then examines whether every acknowledged message did what it says once and in order.
 *
 * <p>All happens on one data folder. Each restart is the next crash's start, so that it also falls
 * into the clearing up after the last one; when a step's rounds are over, the hub is left in peace
 * until its inbox is empty.
 */
final class Faults {

  /** As {@code kiln.halt-at} names them. */
  private static final List<String> STEPS =
      List.of("RAW_COMMITTED", "ACK_SENT", "LEASED", "BUNDLE_COMMITTED", "MARKED_DONE");

  private static final String RANDOM = "random";
  private static final int CONNECTIONS = 4;
  private static final int MOST_TIMES = 40;
  private static final int SPARE = 5;
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);

  private final HubUnderTest hub;
  private final int rounds;
  private final int atRandom;
  private final int seed;
  private final Random random;

  /** The rounds of one step. */
  private static final class Block {
    final String step;
    final List<Double> restarts = new ArrayList<>();
    int rounds;
    int halts;
    List<Delivery> deliveries;
    Verdict verdict;
    long refused;

    Block(String step) {
      this.step = step;
    }

    long acknowledged() {
      return deliveries.stream().filter(Delivery::isAccepted).count();
    }

    long resent() {
      return deliveries.stream().filter(delivery -> delivery.tries() > 1).count();
    }

    boolean isSound() {
      return verdict.isSound() && refused == 0;
    }

    double slowest() {
      return restarts.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    Map<String, Object> facts() {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("step", step);
      facts.put("rounds", rounds);
      facts.put("halts", halts);
      facts.put("acknowledged", acknowledged());
      facts.put("resent", resent());
      facts.put("refused", refused);
      facts.put("lost", verdict.lost());
      facts.put("doubled", verdict.doubled());
      facts.put("outOfOrder", verdict.outOfOrder());
      facts.put("restartSeconds", restarts);
      facts.put("findings", verdict.findings());
      return facts;
    }
  }

  /**
   * @param rounds crashes after each step
   * @param atRandom crashes at random moments
   * @param seed decides messages and moments
   */
  Faults(Path jar, Path folder, int rounds, int atRandom, int seed) throws IOException {
    this.hub = new HubUnderTest(jar, folder.resolve("data"));
    this.rounds = rounds;
    this.atRandom = atRandom;
    this.seed = seed;
    this.random = new Random(seed);
  }

  Report run() throws IOException, InterruptedException {
    List<Block> blocks = new ArrayList<>();
    try (hub) {
      for (String step : STEPS) {
        if (rounds > 0) {
          blocks.add(drill(step, rounds));
        }
      }
      if (atRandom > 0) {
        blocks.add(drill(RANDOM, atRandom));
      }
    }
    return report(blocks);
  }

  private Block drill(String step, int rounds) throws IOException, InterruptedException {
    Block block = new Block(step);
    Instant begin = Instant.now();
    try (Feed feed = new Feed(hub.mllpPort(), wards(step))) {
      for (block.rounds = 0; block.rounds < rounds; block.rounds++) {
        if (crash(block, feed)) {
          block.halts++;
        }
        Bench.progress("%s: %d of %d", step, block.rounds + 1, rounds);
      }
      hub.start();
      feed.end();
      block.deliveries = feed.deliveries();
    }
    hub.awaitDrained();
    block.verdict = Examination.of(block.deliveries, hub.fhir().versions(begin));
    block.refused = block.deliveries.stream().filter(Delivery::isRefused).count();
    hub.close();
    return block;
  }

  private List<Ward> wards(String step) {
    List<Ward> wards = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      char letter = (char) ('A' + i);
      wards.add(new Ward(step.charAt(0) + Integer.toString(seed, 36) + letter, seed));
    }
    return wards;
  }

  /** Returns whether the hub died; where it did not, it is stopped. */
  private boolean crash(Block block, Feed feed) throws IOException, InterruptedException {
    int times = 1 + random.nextInt(MOST_TIMES);
    boolean atStep = !block.step.equals(RANDOM);
    boolean dead =
        !start(block, atStep ? Map.of("KILN_HALTAT", block.step + ":" + times) : Map.of());
    // More than the wanted times, so that a step which is reached once a message is reached.
    feed.allow(times / CONNECTIONS + SPARE);
    if (!atStep) {
      Thread.sleep(random.nextInt(2000));
      hub.kill();
      return true;
    }
    dead = dead || hub.awaitDeath(LONGEST_ROUND);
    if (!dead) {
      hub.close();
    }
    return dead;
  }

  /** Returns whether it became ready; what waits in the inbox can halt it before. */
  private boolean start(Block block, Map<String, String> settings)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    hub.start(settings);
    boolean ready = hub.awaitReady();
    if (ready) {
      block.restarts.add(Math.round((System.nanoTime() - begin) / 1e8) / 10.0);
    }
    return ready;
  }

  private Report report(List<Block> blocks) {
    Table table =
        new Table()
            .row(
                "step",
                "rounds",
                "halts",
                "acknowledged",
                "resent",
                "lost",
                "doubled",
                "out of order",
                "slowest restart");
    StringBuilder findings = new StringBuilder();
    for (Block block : blocks) {
      table.row(
          block.step,
          block.rounds,
          block.halts,
          block.acknowledged(),
          block.resent(),
          block.verdict.lost(),
          block.verdict.doubled(),
          block.verdict.outOfOrder(),
          block.slowest() + " s");
      if (block.refused > 0) {
        findings.append(block.refused).append(" messages were refused\n");
      }
      block.verdict.findings().forEach(finding -> findings.append(finding).append('\n'));
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("seed", seed);
    facts.put("steps", blocks.stream().map(Block::facts).toList());
    return new Report(
        blocks.stream().allMatch(Block::isSound),
        "seed " + seed + "\n\n" + table + findings,
        facts);
  }
}

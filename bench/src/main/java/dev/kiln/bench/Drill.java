package dev.kiln.bench;

import dev.kiln.bench.feed.Delivery;
import dev.kiln.bench.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The crashes at one step of a message's way, and what became of the messages sent meanwhile. */
final class Drill {

  /** Stands for a step where the hub is killed at any moment. */
  static final String RANDOM = "random";

  private final String step;
  private final List<Double> restarts = new ArrayList<>();
  private int rounds;
  private int halts;
  private List<Delivery> deliveries = List.of();
  private Verdict verdict;

  Drill(String step) {
    this.step = step;
  }

  String step() {
    return step;
  }

  boolean isAtRandom() {
    return step.equals(RANDOM);
  }

  /** Begins all numbers of the patients that are made up for it; each step's initial is another. */
  String initial() {
    return step.substring(0, 1);
  }

  void round(boolean halted) {
    rounds++;
    halts += halted ? 1 : 0;
  }

  void restarted(double seconds) {
    restarts.add(Math.round(seconds * 10) / 10.0);
  }

  void judged(List<Delivery> deliveries, Verdict verdict) {
    this.deliveries = deliveries;
    this.verdict = verdict;
  }

  /** A message that is refused is as little in the store as a lost one. */
  boolean isSound() {
    return verdict.isSound() && refused() == 0;
  }

  List<String> findings() {
    return verdict.findings();
  }

  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("step", step);
    facts.put("rounds", rounds);
    facts.put("halts", halts);
    facts.put("acknowledged", deliveries.stream().filter(Delivery::isAccepted).count());
    facts.put("refused", refused());
    facts.put("resent", deliveries.stream().filter(delivery -> delivery.tries() > 1).count());
    facts.put("lost", verdict.lost());
    facts.put("doubled", verdict.doubled());
    facts.put("outOfOrder", verdict.outOfOrder());
    facts.put(
        "slowestRestartSeconds",
        restarts.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    return facts;
  }

  private long refused() {
    return deliveries.stream().filter(Delivery::isRefused).count();
  }
}

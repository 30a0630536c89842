package dev.kiln.bench.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong. Numbers that are not positive are nothing wrong. */
final class Findings {

  /** How many messages are missing, by the patient's number or the order's. */
  private final Map<String, Integer> lost = new HashMap<>();

  private final List<String> lines = new ArrayList<>();
  private int doubled;
  private int outOfOrder;

  /** One missing message leaves several traces of its absence, and is counted once. */
  void lose(String key, int number, String what) {
    if (number > 0) {
      lost.merge(key, number, Math::max);
      lines.add("lost: " + what);
    }
  }

  void twice(int number, String what) {
    if (number > 0) {
      doubled += number;
      lines.add("doubled: " + number + " more " + what);
    }
  }

  void outOfOrder(String what) {
    outOfOrder++;
    lines.add("out of order: " + what);
  }

  Verdict verdict() {
    int missing = lost.values().stream().mapToInt(Integer::intValue).sum();
    return new Verdict(missing, doubled, outOfOrder, List.copyOf(lines));
  }
}

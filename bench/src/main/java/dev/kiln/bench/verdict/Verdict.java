package dev.kiln.bench.verdict;

import java.util.List;

/**
 * What became of the messages that a hub acknowledged.
 *
 * @param lost acknowledged messages whose effect is missing
 * @param doubled effects that are there once too often
 * @param outOfOrder places where an earlier word follows a later one about the same patient
 * @param findings one line for each, of made-up patients
 */
public record Verdict(int lost, int doubled, int outOfOrder, List<String> findings) {

  public boolean isSound() {
    return lost + doubled + outOfOrder == 0;
  }
}

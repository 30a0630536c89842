package dev.kiln.routes.sink;

import java.util.List;
import java.util.Map;

/**
 * What all sources said of one resource, seen from one of them.
 *
 * @param own what that source said
 * @param others what the others said
 */
record Tellings(Telling own, List<Telling> others) {

  /**
   * @param bySource as the store keeps them
   * @param source whose turn it is to speak
   */
  Tellings(Map<String, String> bySource, String source) {
    this(
        bySource.containsKey(source) ? Telling.parse(bySource.get(source)) : Telling.none(),
        bySource.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(source))
            .map(entry -> Telling.parse(entry.getValue()))
            .toList());
  }
}

package dev.kiln.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/**
 * What a verb found out.
 *
 * @param isSound false where something was lost, doubled, out of order or different
 * @param text for people
 * @param facts the same for programs
 */
record Report(boolean isSound, String text, Map<String, Object> facts) {

  /**
   * @param outages what was seen of each, by name
   */
  static Report of(int seed, List<Map<String, Object>> outages) {
    StringBuilder text = new StringBuilder("seed " + seed + "\n");
    for (Map<String, Object> outage : outages) {
      Table table = new Table();
      outage.forEach(table::row);
      text.append('\n').append(table);
    }
    boolean isSound =
        outages.stream()
            .allMatch(
                outage ->
                    List.of("refused", "lost", "doubled", "outOfOrder").stream()
                        .allMatch(fault -> ((Number) outage.get(fault)).intValue() == 0));
    return new Report(isSound, text.toString(), Map.of("seed", seed, "outages", outages));
  }

  String json() {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Numbers, texts and maps can be written", e);
    }
  }
}

package dev.kiln.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * What a verb found out.
 *
 * @param isSound false where something was lost, doubled, out of order or different
 * @param text for people
 * @param facts the same for programs
 */
record Report(boolean isSound, String text, Map<String, Object> facts) {

  String json() {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Numbers, texts and maps can be written", e);
    }
  }
}

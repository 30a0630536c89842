package dev.kiln.routes.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.routes.Statement.Merger;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What came of applying a message. It is kept with the message's applied row, so that after a crash
 * the same is told again.
 *
 * @param warnings what was not taken as the message says it, by element
 * @param trace by resource: its elements and the fields that they came from
 * @param mergers patients to be made one, by their references in the store
 */
public record Outcome(
    List<String> warnings, Map<String, Map<String, String>> trace, List<Merger> mergers) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Outcome parse(String text) {
    try {
      return JSON.readValue(text, Outcome.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    return json(this);
  }

  /**
   * The trace by versions: those that were written, and the bare reference where nothing changed.
   */
  public String traceBy(List<String> written) {
    Map<String, Map<String, String>> versions = new java.util.TreeMap<>();
    trace.forEach(
        (reference, elements) ->
            versions.put(
                written.stream()
                    .filter(version -> version.startsWith(reference + "/_history/"))
                    .findFirst()
                    .orElse(reference),
                elements));
    return json(versions);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

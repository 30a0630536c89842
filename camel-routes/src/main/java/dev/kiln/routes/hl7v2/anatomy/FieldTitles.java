package dev.kiln.routes.hl7v2.anatomy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names that HL7 v2.5.1 gives to fields, from {@code field-titles.txt}. Other versions name
 * them alike; where one has a field that this one has not, it goes without a name.
 */
final class FieldTitles {

  private final Map<String, String> titles;

  FieldTitles() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                FieldTitles.class.getResourceAsStream("field-titles.txt"),
                StandardCharsets.UTF_8))) {
      titles =
          lines
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(",", 2))
              .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty where the standard has no such field, as in a sender's own segments. */
  String of(String segment, int field) {
    return titles.getOrDefault(segment + "-" + field, "");
  }
}

package dev.kiln.routes.hl7v2.anatomy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields that are about the message, its kind and its structure, and never about a patient.
 * {@code open-fields.txt} names each; what it does not name is a patient's, also in segments that
 * nobody has heard of.
 */
final class OpenFields {

  private static final Pattern FIELD =
      Pattern.compile("([A-Z][A-Z0-9]{2})(?:\\[[0-9]+])?-([0-9]+).*");

  private final Set<String> open = new HashSet<>();

  OpenFields() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                OpenFields.class.getResourceAsStream("open-fields.txt"), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(open::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param place {@code PID-5}, {@code OBX[2]-5[3].1}
   */
  boolean contain(String place) {
    Matcher field = FIELD.matcher(place);
    return field.matches() && open.contains(field.group(1) + "-" + field.group(2));
  }
}

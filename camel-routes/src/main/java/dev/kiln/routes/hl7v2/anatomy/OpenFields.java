package dev.kiln.routes.hl7v2.anatomy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
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

  private static final Pattern PLACE = Pattern.compile("[A-Z][A-Z0-9]{2}(?:\\[[0-9]+])?-[0-9]+");

  private final Map<String, Pattern> open = new HashMap<>();

  OpenFields() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                OpenFields.class.getResourceAsStream("open-fields.txt"), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split(" +", 2))
          .forEach(line -> open.put(line[0], Pattern.compile(line[1], Pattern.DOTALL)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param place {@code PID-5}, {@code OBX[2]-5[3].1}
   */
  boolean contain(String place) {
    return open.containsKey(field(place));
  }

  /** Whether it is one of them and has the form that it should have. */
  boolean contain(String place, String value) {
    Pattern form = open.get(field(place));
    return form != null && form.matcher(value).matches();
  }

  /** {@code OBX[2]-5[3].1} → {@code OBX[2]-5}; as it is where it is no place. */
  static String place(String mark) {
    Matcher place = PLACE.matcher(mark);
    return place.lookingAt() ? place.group() : mark;
  }

  /** {@code OBX[2]-5[3].1} → {@code OBX-5}; empty where it is no place. */
  static String field(String place) {
    Matcher field = FIELD.matcher(place);
    return field.matches() ? field.group(1) + "-" + field.group(2) : "";
  }
}

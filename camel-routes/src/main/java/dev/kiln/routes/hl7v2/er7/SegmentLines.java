package dev.kiln.routes.hl7v2.er7;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Divides a message's text into its segments. Senders break lines inside a field, though a segment
 * ends with CR (section 2.5.4): a line that is no segment is more of the one before it.
 */
final class SegmentLines {

  /** What is left of a segment's name where a message was cut off. */
  private static final Pattern BEGINNING_OF_NAME = Pattern.compile("[A-Z][A-Z0-9]?");

  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9]{2}");
  private static final Pattern NAME_IN_ANY_CASE = Pattern.compile("[A-Za-z][A-Za-z0-9]{2}");

  private final List<StringBuilder> segments = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private int blank;
  private int continued;
  private int leftOut;
  private boolean inText;
  private boolean smallLetters;
  private boolean cutOff;

  private SegmentLines() {}

  static SegmentLines of(String text, char separator) {
    SegmentLines segments = new SegmentLines();
    String[] lines = lines(text, separator);
    for (int at = 0; at < lines.length; at++) {
      segments.add(lines[at], at == lines.length - 1, separator);
    }
    segments.warn();
    return segments;
  }

  /** Where CR ends the segments, a lone LF is text, unless a segment follows it. */
  private static String[] lines(String text, char separator) {
    if (text.indexOf('\r') < 0) {
      return text.split("\n");
    }
    String segmentStart = "\n(?=[A-Z][A-Z0-9]{2}" + Pattern.quote(separator + "") + ")";
    return text.split("\r\n|\r|" + segmentStart);
  }

  private void add(String line, boolean last, char separator) {
    if (line.isBlank()) {
      blank++;
      return;
    }
    boolean segment = isSegment(line, separator);
    if (segment) {
      smallLetters |= !NAME.matcher(line.substring(0, 3)).matches();
      segments.add(new StringBuilder(line));
    } else if (last && !inText && BEGINNING_OF_NAME.matcher(line).matches()) {
      cutOff = true;
    } else if (segments.size() == 1) {
      // No field of MSH has lines, and what hangs on it would change how the message is read.
      leftOut++;
    } else {
      continued++;
      segments.get(segments.size() - 1).append("\n".repeat(blank + 1)).append(line);
    }
    blank = 0;
    inText = !segment;
  }

  private static boolean isSegment(String line, char separator) {
    if (line.length() > 3) {
      return line.charAt(3) == separator
          && NAME_IN_ANY_CASE.matcher(line.substring(0, 3)).matches();
    }
    return NAME.matcher(line).matches();
  }

  private void warn() {
    if (continued > 0) {
      warnings.add(
          "message: " + continued + " lines are no segments, taken as text of the one before them");
    }
    if (leftOut > 0) {
      warnings.add("message: " + leftOut + " lines after MSH are no segments, left out");
    }
    if (smallLetters) {
      warnings.add("message: names of segments are in small letters");
    }
  }

  List<String> lines() {
    return segments.stream().map(StringBuilder::toString).toList();
  }

  boolean isCutOff() {
    return cutOff;
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }
}

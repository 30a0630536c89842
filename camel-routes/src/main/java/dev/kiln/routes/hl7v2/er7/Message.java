package dev.kiln.routes.hl7v2.er7;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One message in pipe form, as it stands: no version's structure is imposed on it. Not thread-safe.
 */
public final class Message {

  private final Delimiters delimiters;
  private final Charset charset;
  private final List<Segment> segments;
  private final List<Integer> malformedLines;

  private Message(
      Delimiters delimiters, Charset charset, List<Segment> segments, List<Integer> malformed) {
    this.delimiters = delimiters;
    this.charset = charset;
    this.segments = List.copyOf(segments);
    this.malformedLines = List.copyOf(malformed);
  }

  /**
   * Reads the text; empty where it does not begin with an MSH segment that names its separators.
   */
  public static Optional<Message> parse(MessageText source) {
    String text = source.text();
    if (!text.startsWith("MSH")) {
      return Optional.empty();
    }
    return Delimiters.of(text.split("[\r\n]", 2)[0])
        .map(delimiters -> parse(text, delimiters, source.charset()));
  }

  private static Message parse(String text, Delimiters delimiters, Charset charset) {
    Escapes escapes = new Escapes(delimiters, charset);
    List<Segment> segments = new ArrayList<>();
    List<Integer> malformed = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    int number = 0;
    for (String line : lines(text, delimiters)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      if (!isSegment(line, delimiters)) {
        malformed.add(number);
        continue;
      }
      String name = line.substring(0, 3);
      segments.add(
          new Segment(name, counts.merge(name, 1, Integer::sum), line, delimiters, escapes));
    }
    return new Message(delimiters, charset, segments, malformed);
  }

  /**
   * Segments end with CR (section 2.5.4); senders also write LF or CRLF. Where CR ends the
   * segments, a lone LF is text, unless a segment follows it.
   */
  private static String[] lines(String text, Delimiters delimiters) {
    if (text.indexOf('\r') < 0) {
      return text.split("\n");
    }
    String segmentStart = "\n(?=[A-Z][A-Z0-9]{2}" + Pattern.quote(delimiters.field() + "") + ")";
    return text.split("\r\n|\r|" + segmentStart);
  }

  private static boolean isSegment(String line, Delimiters delimiters) {
    if (line.length() < 3 || line.length() > 3 && line.charAt(3) != delimiters.field()) {
      return false;
    }
    return line.chars().limit(3).allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
  }

  public Segment msh() {
    return segments.get(0);
  }

  public List<Segment> segments() {
    return segments;
  }

  public List<Segment> segments(String name) {
    return segments.stream().filter(segment -> segment.name().equals(name)).toList();
  }

  public Optional<Segment> first(String name) {
    return segments.stream().filter(segment -> segment.name().equals(name)).findFirst();
  }

  /**
   * The lines, counted from 1, that are no segments: what is left of a message cut off in the
   * middle.
   */
  public List<Integer> malformedLines() {
    return malformedLines;
  }

  public Delimiters delimiters() {
    return delimiters;
  }

  public Charset charset() {
    return charset;
  }

  public Escapes escapes() {
    return new Escapes(delimiters, charset);
  }

  /**
   * Fields with content that nobody has read, in the message's order, for example {@code PID-19}.
   */
  public List<String> unread() {
    return segments.stream().flatMap(segment -> segment.unread().stream()).distinct().toList();
  }
}

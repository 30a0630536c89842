package dev.kiln.routes.hl7v2.er7;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One message in pipe form, as it stands: no version's structure is imposed on it. Not thread-safe.
 */
public final class Message {

  private final String text;
  private final Delimiters delimiters;
  private final Charset charset;
  private final List<Segment> segments;
  private final boolean cutOff;
  private final List<String> warnings;

  private Message(String text, Delimiters delimiters, Charset charset, SegmentLines lines) {
    this.text = text;
    this.delimiters = delimiters;
    this.charset = charset;
    this.cutOff = lines.isCutOff();
    this.warnings = lines.warnings();
    Escapes escapes = new Escapes(delimiters, charset);
    Map<String, Integer> counts = new HashMap<>();
    List<Segment> all = new ArrayList<>();
    for (String line : lines.lines()) {
      String name = line.substring(0, 3).toUpperCase(Locale.ROOT);
      all.add(new Segment(name, counts.merge(name, 1, Integer::sum), line, delimiters, escapes));
    }
    this.segments = List.copyOf(all);
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
        .map(
            delimiters ->
                new Message(
                    text, delimiters, source.charset(), SegmentLines.of(text, delimiters.field())));
  }

  /** The message as it stands. */
  public String text() {
    return text;
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

  /** The first segment of that name, or an empty one where there is none. */
  public Segment firstOrEmpty(String name) {
    return first(name).orElseGet(() -> empty(name));
  }

  /** A segment that the message does not have. */
  public Segment empty(String name) {
    return new Segment(name, 1, name, delimiters, escapes());
  }

  /** Whether it ends in the middle of a segment's name. */
  public boolean isCutOff() {
    return cutOff;
  }

  /** What was repaired to read it. */
  public List<String> warnings() {
    return warnings;
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

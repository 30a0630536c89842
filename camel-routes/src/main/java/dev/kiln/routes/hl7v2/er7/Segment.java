package dev.kiln.routes.hl7v2.er7;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One segment of a message, with its fields by their numbers. */
public final class Segment {

  private final String name;
  private final int index;
  private final List<String> fields;
  private final Delimiters delimiters;
  private final Escapes escapes;
  private final Map<Integer, List<Field>> opened = new HashMap<>();

  Segment(String name, int index, String line, Delimiters delimiters, Escapes escapes) {
    this.name = name;
    this.index = index;
    this.delimiters = delimiters;
    this.escapes = escapes;
    List<String> parts = split(line, delimiters.field());
    if (name.equals("MSH")) {
      // MSH-1 is the separator itself, so that in MSH every other field stands one place later.
      parts = new ArrayList<>(parts);
      parts.add(1, String.valueOf(delimiters.field()));
    }
    this.fields = parts;
  }

  public String name() {
    return name;
  }

  /** The how-manieth of its name in the message, from 1. */
  public int index() {
    return index;
  }

  /** The first repetition of a field; an empty one where the segment has no such field. */
  public Field field(int number) {
    return all(number).get(0);
  }

  /** The repetitions of a field that hold something, the HL7 null {@code ""} not among them. */
  public List<Field> repetitions(int number) {
    List<Field> all = all(number);
    all.forEach(Field::markRead);
    return all.stream().filter(Field::isPresent).toList();
  }

  /** A field as it was sent, with all repetitions and escapes. */
  public String raw(int number) {
    return number < fields.size() ? fields.get(number) : "";
  }

  /** The number of its last field. */
  public int size() {
    return fields.size() - 1;
  }

  /** Whether any field but the set id (field 1) holds something. */
  public boolean hasContent() {
    return IntStream.range(2, fields.size()).anyMatch(n -> !delimiters.isEmpty(fields.get(n)));
  }

  private List<Field> all(int number) {
    return opened.computeIfAbsent(number, this::open);
  }

  private List<Field> open(int number) {
    String raw = raw(number);
    boolean undivided = name.equals("MSH") && number <= 2;
    List<String> repetitions = undivided ? List.of(raw) : split(raw, delimiters.repetition());
    List<Field> all = new ArrayList<>(repetitions.size());
    for (int at = 0; at < repetitions.size(); at++) {
      String path = path() + "-" + number + (at == 0 ? "" : "[" + (at + 1) + "]");
      all.add(new Field(path, repetitions.get(at), delimiters, escapes));
    }
    return all;
  }

  /** Where the segment stands: {@code OBX}, or {@code OBX[2]} for the second one. */
  public String path() {
    return index == 1 ? name : name + "[" + index + "]";
  }

  List<String> unread() {
    return IntStream.range(name.equals("MSH") ? 3 : 1, fields.size())
        .filter(number -> !delimiters.isEmpty(fields.get(number)))
        .filter(number -> !isRead(number))
        .mapToObj(number -> name + "-" + number)
        .toList();
  }

  private boolean isRead(int number) {
    List<Field> all = opened.get(number);
    return all != null && all.stream().allMatch(field -> field.isRead() || field.isBlank());
  }

  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int at;
    while (separator != Delimiters.ABSENT && (at = text.indexOf(separator, from)) >= 0) {
      parts.add(text.substring(from, at));
      from = at + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }
}

package dev.kiln.routes.hl7v2.segment;

import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.List;
import java.util.stream.Collectors;

/** NTE, comments on what stands before it (section 2.14.10). */
public final class Nte {

  private Nte() {}

  /** The comments that hold any text, one for each segment. */
  public static List<String> comments(List<Segment> notes) {
    return notes.stream().map(Nte::comment).filter(text -> !text.isBlank()).toList();
  }

  private static String comment(Segment nte) {
    nte.field(1).value();
    return nte.repetitions(3).stream().map(Field::text).collect(Collectors.joining("\n")).strip();
  }
}

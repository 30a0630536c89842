package dev.kiln.routes.hl7v2.segment.order;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.party.Xcn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.StringType;

/** NTE, comments on what stands before it (section 2.14.10). */
public final class Nte {

  private Nte() {}

  /** The comments that hold any text, one for each segment, with their authors and times. */
  public static List<Annotation> annotations(List<Segment> notes, MessageContext context) {
    return notes.stream().flatMap(nte -> annotation(nte, context).stream()).toList();
  }

  /** All comments as one text, a line for each segment; empty where none holds any. */
  public static Optional<StringType> text(List<Segment> notes) {
    return notes.stream()
        .map(Nte::comment)
        .filter(comment -> !comment.isBlank())
        .reduce((one, other) -> one + "\n" + other)
        .map(text -> Origin.mark(new StringType(text), notes.get(0).field(3).path()));
  }

  private static Optional<Annotation> annotation(Segment nte, MessageContext context) {
    String text = comment(nte);
    if (text.isBlank()) {
      return Optional.empty();
    }
    Annotation annotation = Origin.mark(new Annotation(), nte.field(3).path());
    annotation.setText(text);
    Xcn.practitioner(nte.field(5), context).ifPresent(annotation::setAuthor);
    Ts.dateTime(nte.field(6), context).ifPresent(annotation::setTimeElement);
    return Optional.of(annotation);
  }

  private static String comment(Segment nte) {
    nte.field(1).value();
    return nte.repetitions(3).stream().map(Field::text).collect(Collectors.joining("\n")).strip();
  }
}

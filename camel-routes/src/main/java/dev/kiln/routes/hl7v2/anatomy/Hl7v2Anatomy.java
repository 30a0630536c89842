package dev.kiln.routes.hl7v2.anatomy;

import dev.kiln.routes.Leaf;
import dev.kiln.routes.control.MessageAnatomy;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.MessageText;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import dev.kiln.routes.inbox.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;

/** HL7 v2 messages, taken apart as the translator reads them. */
public final class Hl7v2Anatomy implements MessageAnatomy {

  /** What the translator fills in of itself says something of the message only in these types. */
  private static final Set<String> FILLED_IN = Set.of("code", "uri", "url", "canonical", "id");

  private final MessageFormat format;
  private final Function<byte[], MessageText> reading;
  private final OpenFields open = new OpenFields();
  private final FieldTitles titles = new FieldTitles();

  /**
   * @param reading decodes bytes as the format does
   */
  public Hl7v2Anatomy(MessageFormat format, Function<byte[], MessageText> reading) {
    this.format = format;
    this.reading = reading;
  }

  @Override
  public String format() {
    return format.name();
  }

  @Override
  public boolean isOpen(String field) {
    return open.contain(field);
  }

  @Override
  public Anatomy of(byte[] raw, Answered answered) {
    MessageText text = reading.apply(raw);
    Receipt now = format.judge(raw);
    byte[] acknowledgement = format.acknowledge(raw, asAnswered(now, answered));
    Optional<Message> message = text.hasTooManySegments() ? Optional.empty() : Message.parse(text);
    Optional<Translation> translation = now.isAccepted() ? translate(raw) : Optional.empty();
    Set<String> unread = translation.map(Translation::unread).map(Set::copyOf).orElse(Set.of());
    List<Segment> segments = message.map(known -> segments(known, unread)).orElse(List.of());
    Set<String> shown =
        segments.stream()
            .flatMap(segment -> segment.fields().stream())
            .filter(Field::isOpen)
            .map(Field::place)
            .collect(Collectors.toSet());
    return new Anatomy(
        text.text(),
        segments,
        message.map(known -> known.delimiters().field()).orElse('|'),
        translation.map(known -> resources(known, shown)).orElse(List.of()),
        acknowledgement,
        segments.stream().limit(1).flatMap(msh -> msh.fields().stream()).allMatch(this::isFit));
  }

  /** The answer repeats fields of the header. */
  private boolean isFit(Field field) {
    return field.isOpen() || !open.contain(field.place());
  }

  /** What has come of the message counts, and not how it would be judged today. */
  private static Receipt asAnswered(Receipt now, Answered answered) {
    Refusal refusal =
        answered.refusal() == null
            ? null
            : new Refusal(answered.refusal(), answered.location(), answered.detail());
    return now.refusedBecause(refusal);
  }

  /** A message that cannot be translated is looked at above all. */
  private Optional<Translation> translate(byte[] raw) {
    try {
      return Optional.of(format.translate(raw));
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private List<Segment> segments(Message message, Set<String> unread) {
    List<Segment> segments = new ArrayList<>();
    for (dev.kiln.routes.hl7v2.er7.Segment segment : message.segments()) {
      List<Field> fields = new ArrayList<>();
      // Where one field is not what it should be, those behind it may be anybody's.
      boolean fits = true;
      int last = segment.size();
      for (int number = 1; number <= last; number++) {
        String value = segment.raw(number);
        if (!value.isEmpty()) {
          String place = segment.path() + "-" + number;
          boolean isOpen = fits && open.contain(place, value);
          fits &= isOpen || !open.contain(place);
          fields.add(
              new Field(
                  place,
                  titles.of(segment.name(), number),
                  value,
                  isOpen,
                  !unread.contains(segment.name() + "-" + number)));
        }
      }
      segments.add(new Segment(segment.path(), fields));
    }
    return segments;
  }

  private List<Resource> resources(Translation translation, Set<String> shown) {
    return translation.statement().bundle().getEntry().stream()
        .map(BundleEntryComponent::getResource)
        .map(
            resource ->
                new Resource(
                    resource.fhirType(),
                    Leaf.of(resource).stream().map(leaf -> element(leaf, shown)).toList()))
        .toList();
  }

  /**
   * @param shown places of the fields that are open in this message
   */
  private static Element element(Leaf leaf, Set<String> shown) {
    boolean isOpen =
        leaf.field().isEmpty()
            ? FILLED_IN.contains(leaf.type()) || leaf.path().endsWith(".reference")
            : shown.contains(OpenFields.place(leaf.field()));
    return new Element(leaf.path(), leaf.value(), leaf.field(), isOpen);
  }
}

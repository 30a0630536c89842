package dev.kiln.routes.hl7v2.segment.order;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ed;
import dev.kiln.routes.hl7v2.datatype.Nm;
import dev.kiln.routes.hl7v2.datatype.Sn;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * OBX-5, in the form that OBX-2 says (table 0125). Nothing is lost: what has no form in FHIR is
 * text.
 */
public final class ObxValue {

  private ObxValue() {}

  static List<Type> of(Segment obx, Supplier<Quantity> unit, MessageContext context) {
    String type = obx.field(2).value();
    List<Field> repetitions = obx.repetitions(5);
    if (repetitions.isEmpty() || isAttached(type)) {
      return List.of();
    }
    return switch (type) {
      case "ST", "TX", "FT" -> text(repetitions);
      default -> {
        List<Type> values = new ArrayList<>();
        for (Field field : repetitions) {
          values.add(value(type, field, unit, context));
        }
        values.removeIf(Type::isEmpty);
        yield values;
      }
    };
  }

  /**
   * Documents and images, or where they lie; a report presents them, since an observation has no
   * place for them.
   */
  public static List<Attachment> attachments(Segment obx, MessageContext context) {
    String type = obx.field(2).value();
    if (!isAttached(type)) {
      return List.of();
    }
    return obx.repetitions(5).stream()
        .flatMap(
            field ->
                type.equals("ED")
                    ? Stream.of(Ed.attachment(field, context))
                    : Ed.pointer(field).stream())
        .toList();
  }

  private static boolean isAttached(String type) {
    return type.equals("ED") || type.equals("RP");
  }

  /** Repetitions of text are its lines. */
  private static List<Type> text(List<Field> repetitions) {
    String lines = repetitions.stream().map(Field::text).collect(Collectors.joining("\n"));
    return lines.isBlank()
        ? List.of()
        : List.of(Origin.mark(new StringType(lines), repetitions.get(0).path()));
  }

  private static Type value(
      String type, Field field, Supplier<Quantity> unit, MessageContext context) {
    Optional<? extends Type> value =
        switch (type) {
          case "NM" ->
              Nm.decimal(field.component(1)).map(number -> unit.get().setValueElement(number));
          case "SN" -> Optional.of(Sn.value(field, unit));
          case "CE", "CWE", "CNE", "CF" -> Cwe.concept(field, context);
          case "IS", "ID" -> code(field);
          case "DT", "DTM", "TS" -> Ts.dateTime(field, context);
          case "TM" -> Ts.time(field, context);
          case "DR" -> Ts.period(field.component(1), field.component(2), context);
          case "NR" -> range(field, unit);
          case "CX", "EI", "HD", "NA", "PN", "XAD", "XCN", "XON", "XPN", "XTN", "VR", "MO", "CP" ->
              Optional.of(parts(field));
          default -> Optional.empty();
        };
    if (value.isPresent()) {
      return Origin.mark(value.get(), field.path());
    }
    context.warn(field.path(), "kept as text, it has not the form that OBX-2 says");
    return Origin.mark(new StringType(field.text().strip()), field.path());
  }

  private static Optional<CodeableConcept> code(Field field) {
    String code = Cwe.code(field.text());
    CodeableConcept concept = new CodeableConcept();
    concept.addCoding().setCode(code);
    return code.isEmpty() ? Optional.empty() : Optional.of(concept);
  }

  private static Optional<Range> range(Field field, Supplier<Quantity> unit) {
    Range range = new Range();
    Nm.decimal(field.component(1)).ifPresent(low -> range.setLow(unit.get().setValueElement(low)));
    Nm.decimal(field.component(2))
        .ifPresent(high -> range.setHigh(unit.get().setValueElement(high)));
    boolean ordered =
        !range.hasLow()
            || !range.hasHigh()
            || range.getLow().getValue().compareTo(range.getHigh().getValue()) <= 0;
    return range.isEmpty() || !ordered ? Optional.empty() : Optional.of(range);
  }

  private static StringType parts(Field field) {
    return new StringType(
        Stream.iterate(1, number -> number <= 30, number -> number + 1)
            .map(number -> field.component(number).text())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" ")));
  }
}

package dev.kiln.routes.hl7v2.segment.order;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ei;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.party.Xcn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatusEnumFactory;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** OBR, one order as the report on it (section 7.4.1). */
public final class Obr {

  private static final Nulls NULLS =
      new Nulls(Map.of(7, "effective", 22, "issued", 24, "category", 32, "resultsInterpreter"));

  private Obr() {}

  /**
   * The report, with the id of the filler's number and the service, or of what there is in their
   * place.
   *
   * @param orc the order's common part, which holds its numbers where OBR does not; may be empty
   * @param patient null where nobody is known
   */
  public static DiagnosticReport report(
      Segment obr, Optional<Segment> orc, Reference patient, MessageContext context) {
    DiagnosticReport report = new DiagnosticReport();
    report.setSubject(patient);
    obr.field(1).value();
    Optional<Identifier> filler = number(Optional.of(obr), orc, 3, "FILL", context);
    Optional<Identifier> placer = number(Optional.of(obr), orc, 2, "PLAC", context);
    filler.ifPresent(report::addIdentifier);
    placer.ifPresent(report::addIdentifier);
    report.setCode(code(obr.field(4), context));
    report.setId(id(obr, filler.or(() -> placer), report, context));
    context
        .code(
            "v2-0123-diagnostic-report-status",
            obr.field(25),
            new DiagnosticReportStatusEnumFactory())
        .ifPresentOrElse(
            report::setStatusElement, () -> report.setStatus(DiagnosticReportStatus.UNKNOWN));
    effective(obr, report, context);
    Ts.instant(obr.field(22), context).ifPresent(report::setIssuedElement);
    category(obr.field(24), report, context);
    for (int interpreters : new int[] {32, 33}) {
      for (Field interpreter : obr.repetitions(interpreters)) {
        Xcn.ofNdl(interpreter, context).ifPresent(report::addResultsInterpreter);
      }
    }
    NULLS.in(obr, report);
    return report;
  }

  /** The filler's (3) or the placer's (2) number, which ORC has where OBR has not. */
  static Optional<Identifier> number(
      Optional<Segment> obr,
      Optional<Segment> orc,
      int field,
      String type,
      MessageContext context) {
    Optional<Identifier> common =
        orc.flatMap(order -> Ei.identifier(order.field(field), type, context));
    return obr.flatMap(order -> Ei.identifier(order.field(field), type, context)).or(() -> common);
  }

  /** Code is required; where there is none, it says so itself. */
  static CodeableConcept code(Field field, MessageContext context) {
    return Cwe.concept(field, context)
        .orElseGet(
            () -> {
              context.warn(field.path(), "no code");
              CodeableConcept unknown = new CodeableConcept();
              unknown.addCoding(
                  new Coding(
                      "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                      "unknown",
                      "Unknown"));
              return unknown;
            });
  }

  /** The patient is part of it: some laboratories count their orders anew each day. */
  private static String id(
      Segment obr, Optional<Identifier> order, DiagnosticReport report, MessageContext context) {
    return order
        .map(
            number ->
                LogicalKey.id(
                    "DiagnosticReport",
                    context.sender(),
                    number.getSystem(),
                    number.getValue(),
                    Cwe.key(report.getCode()),
                    String.valueOf(report.getSubject().getReference())))
        .orElseGet(
            () ->
                LogicalKey.id(
                    "DiagnosticReport",
                    "message",
                    context.sender(),
                    context.controlId(),
                    String.valueOf(obr.index())));
  }

  private static void effective(Segment obr, DiagnosticReport report, MessageContext context) {
    if (obr.field(8).isPresent()) {
      Ts.period(obr.field(7), obr.field(8), context).ifPresent(report::setEffective);
    } else {
      Ts.dateTime(obr.field(7), context).ifPresent(report::setEffective);
    }
  }

  private static void category(Field field, DiagnosticReport report, MessageContext context) {
    Optional<Coding> section =
        context
            .translate("v2-0074-diagnostic-service-section", field.component(1))
            .map(coding -> coding.setDisplay(null));
    CodeableConcept category = Origin.mark(new CodeableConcept(), field.path());
    section.ifPresentOrElse(
        category::addCoding, () -> field.component(1).string().ifPresent(category::setTextElement));
    if (!category.isEmpty()) {
      report.addCategory(category);
    }
  }
}

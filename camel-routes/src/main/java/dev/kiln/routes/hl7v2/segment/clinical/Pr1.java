package dev.kiln.routes.hl7v2.segment.clinical;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ei;
import dev.kiln.routes.hl7v2.datatype.Nm;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.party.Pl;
import dev.kiln.routes.hl7v2.datatype.party.Xcn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.math.BigDecimal;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedurePerformerComponent;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Reference;

/** PR1, a procedure (section 6.5.4). */
public final class Pr1 {

  private static final String SNOMED_CT = "http://snomed.info/sct";

  /** Fields with people, and what these do; PR1-12 does not say it. */
  private static final Map<Integer, Optional<Coding>> PERFORMERS =
      new TreeMap<>(
          Map.of(
              8, Optional.of(new Coding(SNOMED_CT, "88189002", "Anesthesiologist")),
              11, Optional.of(new Coding(SNOMED_CT, "304292004", "Surgeon")),
              12, Optional.empty()));

  /** A day; longer procedures are mistakes of the sender. */
  private static final BigDecimal MOST_MINUTES = BigDecimal.valueOf(24 * 60);

  private static final Nulls NULLS =
      new Nulls(Map.of(5, "performed", 6, "category", 15, "reasonCode"));

  private Pr1() {}

  /**
   * The procedure, with the id of its own number or of its patient, visit, code and time. Empty,
   * with a warning, where the segment names none.
   *
   * @param encounter null where there is no visit
   */
  public static Optional<Procedure> procedure(
      Segment pr1, Reference patient, Reference encounter, MessageContext context) {
    pr1.field(1).value();
    Optional<CodeableConcept> code = Described.concept(pr1, context);
    if (code.isEmpty()) {
      context.warn(pr1.field(3).path(), "empty, the procedure is not kept");
      return Optional.empty();
    }
    Procedure procedure = new Procedure();
    procedure.setCode(code.get()).setSubject(patient).setEncounter(encounter);
    Optional<Identifier> number = Ei.identifier(pr1.field(19), "", context);
    number.ifPresent(procedure::addIdentifier);
    procedure.setId(id(procedure, number, pr1.field(5).value()));
    Field action = pr1.field(20);
    if (action.value().equals("D")) {
      procedure.setStatus(ProcedureStatus.ENTEREDINERROR);
      Origin.mark(procedure.getStatusElement(), action.path());
    } else {
      // PR1 is of procedures that were performed (section 6.5.4).
      procedure.setStatus(ProcedureStatus.COMPLETED);
    }
    performed(procedure, pr1, context);
    Cwe.ofTable(pr1.field(6), "0230", context).ifPresent(procedure::setCategory);
    PERFORMERS.forEach((field, role) -> performers(procedure, pr1, field, role, context));
    Cwe.concept(pr1.field(15), context).ifPresent(procedure::addReasonCode);
    Pl.location(pr1.field(23)).ifPresent(procedure::setLocation);
    NULLS.in(pr1, procedure);
    return Optional.of(procedure);
  }

  private static String id(Procedure procedure, Optional<Identifier> number, String time) {
    String patient = procedure.getSubject().getReference();
    List<String> key =
        number
            .map(known -> List.of("Procedure", known.getSystem(), known.getValue(), patient))
            .orElseGet(
                () ->
                    List.of(
                        "Procedure",
                        patient,
                        String.valueOf(procedure.getEncounter().getReference()),
                        Cwe.key(procedure.getCode()),
                        time));
    return LogicalKey.id(key.toArray(String[]::new));
  }

  /** With the minutes that it took, where the beginning is known to the minute. */
  private static void performed(Procedure procedure, Segment pr1, MessageContext context) {
    Optional<DateTimeType> start = Ts.dateTime(pr1.field(5), context);
    Field minutes = pr1.field(7);
    Optional<BigDecimal> duration =
        Nm.decimal(minutes.value())
            .filter(number -> number.signum() > 0 && number.compareTo(MOST_MINUTES) <= 0);
    if (start.isEmpty() || duration.isEmpty() || start.get().getValueAsString().length() <= 10) {
      start.ifPresent(procedure::setPerformed);
      return;
    }
    DateTimeType end = Origin.mark(start.get().copy(), minutes.path());
    end.add(Calendar.MINUTE, duration.get().intValue());
    procedure.setPerformed(new Period().setStartElement(start.get()).setEndElement(end));
  }

  private static void performers(
      Procedure procedure, Segment pr1, int number, Optional<Coding> role, MessageContext context) {
    for (Field person : pr1.repetitions(number)) {
      Xcn.practitioner(person, context)
          .ifPresent(
              reference -> {
                ProcedurePerformerComponent performer =
                    Origin.mark(procedure.addPerformer().setActor(reference), person.path());
                role.ifPresent(coding -> performer.setFunction(new CodeableConcept(coding.copy())));
              });
    }
  }
}

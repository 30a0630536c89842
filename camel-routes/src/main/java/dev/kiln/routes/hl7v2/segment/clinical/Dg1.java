package dev.kiln.routes.hl7v2.segment.clinical;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.DiagnosisComponent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;

/** DG1, a diagnosis (section 6.5.2), which is a condition and its part in the visit. */
public final class Dg1 {

  private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category";
  private static final String VERIFICATION =
      "http://terminology.hl7.org/CodeSystem/condition-ver-status";

  private static final Nulls NULLS =
      new Nulls(Map.of(5, "onset", 16, "asserter", 19, "recordedDate"));

  private Dg1() {}

  /**
   * The condition, with the id of its own number or of its patient, visit and code. Empty, with a
   * warning, where the segment names no diagnosis.
   *
   * @param encounter null where there is no visit
   */
  public static Optional<Condition> condition(
      Segment dg1, Reference patient, Reference encounter, MessageContext context) {
    dg1.field(1).value();
    Optional<CodeableConcept> code = Described.concept(dg1, context);
    if (code.isEmpty()) {
      context.warn(dg1.field(3).path(), "empty, the diagnosis is not kept");
      return Optional.empty();
    }
    Condition condition = new Condition();
    condition.setCode(code.get()).setSubject(patient).setEncounter(encounter);
    Optional<Identifier> number = Ei.identifier(dg1.field(20), "", context);
    number.ifPresent(condition::addIdentifier);
    condition.setId(id(condition, number));
    condition.addCategory(
        new CodeableConcept(new Coding(CATEGORY, "encounter-diagnosis", "Encounter Diagnosis")));
    Ts.dateTime(dg1.field(5), context).ifPresent(condition::setOnset);
    Xcn.practitioner(dg1.field(16), context).ifPresent(condition::setAsserter);
    Ts.dateTime(dg1.field(19), context).ifPresent(condition::setRecordedDateElement);
    Field action = dg1.field(21);
    if (action.value().equals("D")) {
      Coding error = new Coding(VERIFICATION, "entered-in-error", "Entered in Error");
      condition.setVerificationStatus(Origin.mark(new CodeableConcept(error), action.path()));
    }
    NULLS.in(dg1, condition);
    return Optional.of(condition);
  }

  /** Adds the diagnosis to the visit, unless it is one that is taken back. */
  public static void diagnose(
      Encounter encounter, Segment dg1, Reference condition, MessageContext context) {
    if (dg1.field(21).value().equals("D")) {
      return;
    }
    DiagnosisComponent diagnosis = Origin.mark(encounter.addDiagnosis(), dg1.path());
    diagnosis.setCondition(condition);
    Cwe.mapped(dg1.field(6), "v2-0052-diagnosis-role", context).ifPresent(diagnosis::setUse);
    Field rank = dg1.field(15);
    if (rank.value().matches("[1-9][0-9]{0,3}")) {
      diagnosis.setRankElement(Origin.mark(new PositiveIntType(rank.value()), rank.path()));
    }
  }

  private static String id(Condition condition, Optional<Identifier> number) {
    String patient = condition.getSubject().getReference();
    List<String> key =
        number
            .map(known -> List.of("Condition", known.getSystem(), known.getValue(), patient))
            .orElseGet(
                () ->
                    List.of(
                        "Condition",
                        patient,
                        String.valueOf(condition.getEncounter().getReference()),
                        Cwe.key(condition.getCode())));
    return LogicalKey.id(key.toArray(String[]::new));
  }
}

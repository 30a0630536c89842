package dev.kiln.routes.hl7v2.segment.clinical;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCategoryEnumFactory;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCriticalityEnumFactory;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceReactionComponent;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceSeverityEnumFactory;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceTypeEnumFactory;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;

/** AL1, an allergy (section 3.4.6). */
public final class Al1 {

  private static final String CLINICAL =
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";

  private static final Nulls NULLS = new Nulls(Map.of(4, "criticality", 5, "reaction", 6, "onset"));

  private Al1() {}

  /**
   * The allergy, with the id of its patient and its substance, so that the same allergy told again
   * is the same fact. Empty, with a warning, where the segment names no substance.
   */
  public static Optional<AllergyIntolerance> allergy(
      Segment al1, Reference patient, MessageContext context) {
    Optional<AllergyIntolerance> allergy = told(al1, patient, context);
    allergy.ifPresent(
        told -> {
          Ts.dateTime(al1.field(6), context).ifPresent(told::setOnset);
          NULLS.in(al1, told);
        });
    return allergy;
  }

  /** What AL1 and IAM say in the same fields. */
  static Optional<AllergyIntolerance> told(
      Segment segment, Reference patient, MessageContext context) {
    segment.field(1).value();
    Optional<CodeableConcept> code = Cwe.concept(segment.field(3), context);
    if (code.isEmpty()) {
      context.warn(segment.field(3).path(), "empty, the allergy is not kept");
      return Optional.empty();
    }
    AllergyIntolerance allergy = new AllergyIntolerance();
    allergy.setPatient(patient).setCode(code.get());
    allergy.setId(LogicalKey.id("AllergyIntolerance", patient.getReference(), Cwe.key(code.get())));
    // FHIR wants a status, and an allergy that is told of is one that the patient has.
    allergy.setClinicalStatus(new CodeableConcept(new Coding(CLINICAL, "active", "Active")));
    Field type = segment.field(2);
    context
        .translate(
            "v2-0127-allergy-category",
            type.component(1),
            new AllergyIntoleranceCategoryEnumFactory())
        .ifPresent(allergy.getCategory()::add);
    context
        .translate(
            "v2-0127-allergy-type", type.component(1), new AllergyIntoleranceTypeEnumFactory())
        .ifPresent(allergy::setTypeElement);
    severity(allergy, segment, context);
    return Optional.of(allergy);
  }

  /**
   * Table 0128 says how bad the allergy is as such, which is FHIR's criticality; of a reaction that
   * is told as well, it is the severity too.
   */
  private static void severity(
      AllergyIntolerance allergy, Segment segment, MessageContext context) {
    Field severity = segment.field(4);
    context
        .translate(
            "v2-0128-allergy-criticality",
            severity.component(1),
            new AllergyIntoleranceCriticalityEnumFactory())
        .ifPresent(allergy::setCriticalityElement);
    for (Field manifestation : segment.repetitions(5)) {
      AllergyIntoleranceReactionComponent reaction =
          Origin.mark(allergy.addReaction(), manifestation.path());
      // AL1-5 is a text, IAM-5 may be one.
      boolean coded = manifestation.component(2).isPresent();
      CodeableConcept text = Origin.mark(new CodeableConcept(), manifestation.path());
      text.setText(manifestation.text().strip());
      reaction.addManifestation(coded ? Cwe.concept(manifestation, context).orElse(text) : text);
      context
          .translate(
              "v2-0128-reaction-severity",
              severity.component(1),
              new AllergyIntoleranceSeverityEnumFactory())
          .ifPresent(reaction::setSeverityElement);
    }
  }
}

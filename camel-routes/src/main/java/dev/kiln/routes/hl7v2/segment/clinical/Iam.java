package dev.kiln.routes.hl7v2.segment.clinical;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Ei;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;

/** IAM, an allergy with what is to be done about its record (section 3.4.7). */
public final class Iam {

  private static final String CLINICAL =
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
  private static final String VERIFICATION =
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

  private static final Nulls NULLS =
      new Nulls(Map.of(4, "criticality", 5, "reaction", 11, "onset", 13, "recordedDate"));

  private Iam() {}

  /** As {@link Al1#allergy}, with the same id for the same substance. */
  public static Optional<AllergyIntolerance> allergy(
      Segment iam, Reference patient, MessageContext context) {
    Optional<AllergyIntolerance> allergy = Al1.told(iam, patient, context);
    allergy.ifPresent(told -> complete(told, iam, context));
    return allergy;
  }

  private static void complete(AllergyIntolerance allergy, Segment iam, MessageContext context) {
    Ei.identifier(iam.field(7), "", context).ifPresent(allergy::addIdentifier);
    Ts.dateTime(iam.field(11), context).ifPresent(allergy::setOnset);
    if (!allergy.hasOnset()) {
      iam.field(12).component(1).string().ifPresent(allergy::setOnset);
    }
    Ts.dateTime(iam.field(13), context).ifPresent(allergy::setRecordedDateElement);
    status(allergy, iam, context);
    NULLS.in(iam, allergy);
  }

  private static void status(AllergyIntolerance allergy, Segment iam, MessageContext context) {
    Field status = iam.field(17);
    context
        .translate("v2-0438-allergy-verification", status.component(1))
        .ifPresent(
            coding ->
                allergy.setVerificationStatus(
                    Origin.mark(new CodeableConcept(coding), status.path())));
    if (status.value().equals("I")) {
      allergy.setClinicalStatus(
          Origin.mark(
              new CodeableConcept(new Coding(CLINICAL, "inactive", "Inactive")), status.path()));
    }
    Field action = iam.field(6);
    if (action.value().equals("D")) {
      Coding error = new Coding(VERIFICATION, "entered-in-error", "Entered in Error");
      allergy.setVerificationStatus(Origin.mark(new CodeableConcept(error), action.path()));
    }
    if (allergy.getVerificationStatus().hasCoding(VERIFICATION, "entered-in-error")) {
      // FHIR has no clinical status for what was never the case (ait-2).
      allergy.setClinicalStatus(null);
    }
  }
}

package dev.kiln.routes.hl7v2.segment.visit;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterHospitalizationComponent;
import org.hl7.fhir.r4.model.Reference;

/** What PV1 says of the stay: how the patient came, is treated and left. */
final class Pv1Hospitalization {

  private Pv1Hospitalization() {}

  static void set(Encounter encounter, Segment pv1, MessageContext context) {
    EncounterHospitalizationComponent stay = new EncounterHospitalizationComponent();
    Cx.identifier(pv1.field(5), "", context).ifPresent(stay::setPreAdmissionIdentifier);
    Cwe.ofTable(pv1.field(13), "0092", context).ifPresent(stay::setReAdmission);
    Cwe.ofTable(pv1.field(14), "0023", context).ifPresent(stay::setAdmitSource);
    for (Field arrangement : pv1.repetitions(15)) {
      Cwe.ofTable(arrangement, "0009", context).ifPresent(stay::addSpecialArrangement);
    }
    Cwe.ofTable(pv1.field(16), "0099", context).ifPresent(stay::addSpecialCourtesy);
    Cwe.ofTable(pv1.field(22), "0045", context).ifPresent(stay::addSpecialCourtesy);
    Cwe.ofTable(pv1.field(36), "0112", context).ifPresent(stay::setDischargeDisposition);
    destination(stay, pv1.field(37));
    Cwe.ofTable(pv1.field(38), "0114", context).ifPresent(stay::addDietPreference);
    if (!stay.isEmpty()) {
      encounter.setHospitalization(stay);
    }
  }

  /** DLD (chapter 2A): a place, as a code or by its name. */
  private static void destination(EncounterHospitalizationComponent stay, Field field) {
    field
        .component(1)
        .string(field.component(1).subcomponent(field.component(1).hasSubcomponents() ? 2 : 1))
        .or(() -> field.component(1).string())
        .map(name -> new Reference().setType("Location").setDisplayElement(name))
        .ifPresent(place -> stay.setDestination(Origin.mark(place, field.path())));
  }
}

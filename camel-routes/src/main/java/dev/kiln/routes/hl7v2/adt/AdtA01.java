package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Message;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;

/** ADT^A01, a patient is admitted (section 3.3.1): the patient and the visit that begins. */
public final class AdtA01 implements Hl7v2Translator {

  @Override
  public String trigger() {
    return "ADT^A01";
  }

  @Override
  public Bundle translate(Message message, MessageContext context) {
    return PatientVisit.of(message, EncounterStatus.INPROGRESS, context)
        .map(PatientVisit::bundle)
        .orElseGet(Bundle::new);
  }
}

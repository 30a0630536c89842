package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Message;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;

/**
 * ADT^A04, a patient is registered (section 3.3.4): one who has arrived or checked in as an
 * outpatient, and whose visit need not have begun. (The table of HL7's own guide says "planned",
 * against that section.)
 */
public final class AdtA04 implements Hl7v2Translator {

  @Override
  public String trigger() {
    return "ADT^A04";
  }

  @Override
  public Bundle translate(Message message, MessageContext context) {
    return PatientVisit.of(message, EncounterStatus.ARRIVED, context)
        .map(PatientVisit::bundle)
        .orElseGet(Bundle::new);
  }
}

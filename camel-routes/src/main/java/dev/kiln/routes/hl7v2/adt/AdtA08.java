package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Message;
import org.hl7.fhir.r4.model.Bundle;

/**
 * ADT^A08, patient information is updated (section 3.3.8): whatever has changed of patient and
 * visit, the status of which it leaves as it is.
 */
public final class AdtA08 implements Hl7v2Translator {

  @Override
  public String trigger() {
    return "ADT^A08";
  }

  @Override
  public Bundle translate(Message message, MessageContext context) {
    return PatientVisit.of(message, null, context).map(PatientVisit::bundle).orElseGet(Bundle::new);
  }
}

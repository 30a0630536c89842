package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Period;

/** ADT^A03, a visit ends (section 3.3.3): the patient and the visit, with its end. */
public final class AdtA03 implements Hl7v2Translator {

  @Override
  public String trigger() {
    return "ADT^A03";
  }

  @Override
  public Bundle translate(Message message, MessageContext context) {
    Optional<PatientVisit> visit = PatientVisit.of(message, EncounterStatus.FINISHED, context);
    visit
        .flatMap(PatientVisit::encounter)
        .filter(encounter -> !encounter.getPeriod().hasEnd())
        .ifPresent(encounter -> end(encounter, message, context));
    return visit.map(PatientVisit::bundle).orElseGet(Bundle::new);
  }

  /**
   * Where PV1-45 does not say when, EVN-6 says when the event occurred. When it was recorded is the
   * last resort, good only where nothing is known: it is not marked.
   */
  private static void end(Encounter encounter, Message message, MessageContext context) {
    Field start = message.firstOrEmpty("PV1").field(44);
    Segment evn = message.firstOrEmpty("EVN");
    Optional<DateTimeType> occurred = end(start, evn.field(6), context);
    if (occurred.isPresent()) {
      encounter.getPeriod().setEndElement(occurred.get());
      return;
    }
    context.warn("PV1-45", "no end, the visit ends when the event was recorded");
    Field recorded = evn.field(2).isPresent() ? evn.field(2) : message.msh().field(7);
    end(start, recorded, context)
        .ifPresent(
            time -> encounter.getPeriod().setEndElement(new DateTimeType(time.getValueAsString())));
  }

  private static Optional<DateTimeType> end(Field start, Field end, MessageContext context) {
    return Ts.period(start, end, context).filter(Period::hasEnd).map(Period::getEndElement);
  }
}

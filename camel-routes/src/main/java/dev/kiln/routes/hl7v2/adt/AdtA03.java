package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Ts;
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
    Segment pv1 = message.first("PV1").orElseThrow();
    String start = encounter.getPeriod().hasStart() ? pv1.field(44).value() : "";
    Optional<DateTimeType> occurred =
        message.first("EVN").flatMap(evn -> end(start, evn.field(6).value(), "EVN-6", context));
    if (occurred.isPresent()) {
      encounter.getPeriod().setEndElement(occurred.get());
      return;
    }
    context.warn(pv1.field(45).path(), "no end, the visit ends when the event was recorded");
    end(start, context.recorded(), "EVN-2", context)
        // A copy has no mark.
        .ifPresent(recorded -> encounter.getPeriod().setEndElement(recorded.copy()));
  }

  private static Optional<DateTimeType> end(
      String start, String end, String path, MessageContext context) {
    return Ts.period(start, end, path, context).filter(Period::hasEnd).map(Period::getEndElement);
  }
}

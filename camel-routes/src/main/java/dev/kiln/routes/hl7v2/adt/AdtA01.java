package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.patient.Pid;
import dev.kiln.routes.hl7v2.segment.visit.Pv1;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Reference;

/** ADT^A01, a patient is admitted (section 3.3.1): the patient and the visit that begins. */
public final class AdtA01 implements Hl7v2Translator {

  @Override
  public String trigger() {
    return "ADT^A01";
  }

  @Override
  public List<List<String>> requiredSegments() {
    return List.of(List.of("PID"));
  }

  @Override
  public Bundle translate(Message message, MessageContext context) {
    TransactionBundle transaction = new TransactionBundle();
    List<Segment> pids = message.segments("PID");
    Segment pid = pids.get(0);
    if (pids.size() > 1) {
      context.warn("PID[2]", "not read, an admission is of one patient");
    }
    Reference patient = transaction.putOnce(Pid.patient(pid, context));
    message
        .first("PV1")
        .filter(Segment::hasContent)
        .ifPresent(
            pv1 ->
                transaction.putOnce(
                    Pv1.encounter(
                        pv1,
                        Optional.of(pid),
                        EncounterStatus.INPROGRESS,
                        patient,
                        recorded(message, context),
                        context)));
    return transaction.bundle();
  }

  /** EVN-2 says when the event was recorded, MSH-7 when the message was made. */
  private static String recorded(Message message, MessageContext context) {
    String recorded = message.first("EVN").map(evn -> evn.field(2).value()).orElse("");
    return recorded.isEmpty() ? context.time() : recorded;
  }
}

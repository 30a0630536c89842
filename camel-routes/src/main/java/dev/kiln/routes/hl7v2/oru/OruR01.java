package dev.kiln.routes.hl7v2.oru;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.patient.Nk1;
import dev.kiln.routes.hl7v2.segment.patient.Pd1;
import dev.kiln.routes.hl7v2.segment.patient.Pid;
import dev.kiln.routes.hl7v2.segment.visit.Pv1;
import dev.kiln.routes.hl7v2.segment.visit.Pv2;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * ORU^R01, results (section 7.3.1): reports, each with its order, its specimens and observations.
 * Patients and their visits are only mentioned: a laboratory does not know them best.
 */
public final class OruR01 implements Hl7v2Translator {

  @Override
  public String trigger() {
    return "ORU^R01";
  }

  @Override
  public Bundle translate(Message message, MessageContext context) {
    TransactionBundle transaction = new TransactionBundle();
    ParentResults parents = new ParentResults();
    for (PatientResult group : PatientResult.of(message)) {
      if (group.orders().isEmpty()) {
        context.warn("OBR", "no OBR and no OBX, there is no result");
      }
      Reference patient =
          group
              .first("PID")
              .map(pid -> transaction.putOnce(patient(pid, group, context)))
              .orElse(null);
      if (patient == null) {
        context.warn("PID", "missing, nobody knows whose results these are");
      }
      Reference encounter =
          group
              .first("PV1")
              .map(pv1 -> transaction.putOnce(encounter(pv1, group, patient, context)))
              .orElse(null);
      for (Segment comment : group.comments()) {
        context.warn(comment.path(), "not kept, FHIR has no comments on a patient");
      }
      for (OrderObservation order : group.orders()) {
        new OrderReport(order, patient, encounter, parents, transaction, context).translate();
      }
    }
    return transaction.bundle();
  }

  private static Patient patient(Segment pid, PatientResult group, MessageContext context) {
    Patient patient = Pid.patient(pid, context);
    group.first("PD1").ifPresent(pd1 -> Pd1.complete(patient, pd1, context));
    group.all("NK1").forEach(nk1 -> Nk1.complete(patient, nk1, context));
    return Origin.mentioned(patient);
  }

  private static Encounter encounter(
      Segment pv1, PatientResult group, Reference patient, MessageContext context) {
    Optional<Segment> pid = group.first("PID");
    // Results do not say how the visit stands.
    Encounter encounter =
        Pv1.encounter(pv1, pid, EncounterStatus.UNKNOWN, patient, context.time(), context);
    group.first("PV2").ifPresent(pv2 -> Pv2.complete(encounter, pv2, context));
    return Origin.mentioned(encounter);
  }
}

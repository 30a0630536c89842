package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Pid;
import dev.kiln.routes.hl7v2.segment.Pv1;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Reference;

/**
 * What the events of one patient's visit have in common: the patient and the visit that they are
 * about (structure ADT_A01, section 3.3.1). The events differ in what they tell of the visit's
 * status.
 */
final class PatientVisit {

  private final TransactionBundle transaction;
  private final Reference patient;
  private Encounter encounter;

  /**
   * @param pv1 the visit; null where there is none
   * @param told the status that the event itself tells; null for an event that leaves it as it is
   */
  PatientVisit(
      TransactionBundle transaction,
      Segment pid,
      Segment pv1,
      EncounterStatus told,
      MessageContext context) {
    this.transaction = transaction;
    this.patient = transaction.putOnce(Pid.patient(pid, context));
    if (pv1 != null && pv1.hasContent()) {
      add(pv1, pid, told, context);
    }
  }

  /** The one patient and visit of a message. */
  static PatientVisit of(Message message, EncounterStatus told, MessageContext context) {
    List<Segment> pids = message.segments("PID");
    if (pids.size() > 1) {
      context.warn("PID[2]", "not read, the event is of one patient");
    }
    return new PatientVisit(
        new TransactionBundle(), pids.get(0), message.first("PV1").orElse(null), told, context);
  }

  private void add(Segment pv1, Segment pid, EncounterStatus told, MessageContext context) {
    EncounterStatus status = told == null ? EncounterStatus.UNKNOWN : told;
    encounter = Pv1.encounter(pv1, pid, status, patient, context.recorded(), context);
    if (pv1.field(45).isPresent()) {
      Origin.mark(encounter.getStatusElement(), pv1.field(45).path());
    } else if (told != null) {
      Origin.mark(encounter.getStatusElement(), "MSH-9");
    }
    transaction.putOnce(encounter);
  }

  Reference patient() {
    return patient;
  }

  Optional<Encounter> encounter() {
    return Optional.ofNullable(encounter);
  }

  Bundle bundle() {
    return transaction.bundle();
  }
}

package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.patient.Pid;
import dev.kiln.routes.hl7v2.segment.visit.Pv1;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * What the events of one patient's visit have in common: the patient and the visit that they are
 * about (structure ADT_A01, section 3.3.1). The events differ in what they tell of the visit's
 * status.
 */
final class PatientVisit {

  /** Segments that are about the message and not about a patient. */
  private static final Set<String> ENVELOPE = Set.of("MSH", "SFT", "UAC", "EVN", "MSA", "NTE");

  private final TransactionBundle transaction;
  private final Patient person;
  private final Reference patient;
  private Encounter encounter;

  /**
   * @param told the status that the event itself tells; null for an event that leaves it as it is
   */
  PatientVisit(
      TransactionBundle transaction,
      Segment pid,
      Segment pv1,
      EncounterStatus told,
      MessageContext context) {
    this.transaction = transaction;
    if (!pid.hasContent()) {
      context.warn(pid.name(), "empty, nothing is said of who the patient is");
    }
    this.person = Pid.patient(pid, context);
    this.patient = transaction.putOnce(person);
    if (pv1.hasContent()) {
      add(pv1, pid, told, context);
    }
  }

  /** The one patient and visit of a message; empty where it says nothing of them. */
  static Optional<PatientVisit> of(Message message, EncounterStatus told, MessageContext context) {
    if (message.segments().stream()
        .noneMatch(segment -> !ENVELOPE.contains(segment.name()) && segment.hasContent())) {
      return Optional.empty();
    }
    List<Segment> pids = message.segments("PID").stream().filter(Segment::hasContent).toList();
    if (pids.size() > 1) {
      context.warn("PID[" + pids.get(1).index() + "]", "not read, the event is of one patient");
    }
    Segment pid = pids.isEmpty() ? message.firstOrEmpty("PID") : pids.get(0);
    Segment pv1 = message.firstOrEmpty("PV1");
    PatientVisit visit = new PatientVisit(new TransactionBundle(), pid, pv1, told, context);
    new VisitFacts(pid, visit.person, visit.patient, visit.encounter(), visit.transaction, context)
        .add(message);
    return Optional.of(visit);
  }

  private void add(Segment pv1, Segment pid, EncounterStatus told, MessageContext context) {
    EncounterStatus status = told == null ? EncounterStatus.UNKNOWN : told;
    encounter =
        Pv1.encounter(pv1, Optional.of(pid), status, patient(), context.recorded(), context);
    transaction.putOnce(encounter);
  }

  Reference patient() {
    return patient;
  }

  Optional<Encounter> encounter() {
    return Optional.ofNullable(encounter);
  }

  /** The transaction that all this belongs to. */
  Bundle bundle() {
    return transaction.bundle();
  }
}

package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.clinical.Al1;
import dev.kiln.routes.hl7v2.segment.clinical.Dg1;
import dev.kiln.routes.hl7v2.segment.clinical.Iam;
import dev.kiln.routes.hl7v2.segment.clinical.Pr1;
import dev.kiln.routes.hl7v2.segment.finance.Gt1;
import dev.kiln.routes.hl7v2.segment.finance.In1;
import dev.kiln.routes.hl7v2.segment.finance.In2;
import dev.kiln.routes.hl7v2.segment.order.Nte;
import dev.kiln.routes.hl7v2.segment.order.Obx;
import dev.kiln.routes.hl7v2.segment.order.ObxDocument;
import dev.kiln.routes.hl7v2.segment.order.ObxValue;
import dev.kiln.routes.hl7v2.segment.patient.Nk1;
import dev.kiln.routes.hl7v2.segment.patient.Pd1;
import dev.kiln.routes.hl7v2.segment.visit.Pv2;
import dev.kiln.routes.hl7v2.segment.visit.Rol;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * What the structure ADT_A01 (section 3.3.1) tells beside the patient and the visit: contacts,
 * people's roles, observations, allergies, diagnoses, procedures, guarantors and insurances.
 */
final class VisitFacts {

  private final Patient patient;
  private final Reference subject;
  private final Optional<Encounter> encounter;
  private final TransactionBundle transaction;
  private final MessageContext context;
  private final Account account;
  private Observation observation;
  private Coverage coverage;
  private boolean inGroup;

  /**
   * @param subject the patient, by its reference
   */
  VisitFacts(
      Segment pid,
      Patient patient,
      Reference subject,
      Optional<Encounter> encounter,
      TransactionBundle transaction,
      MessageContext context) {
    this.patient = patient;
    this.subject = subject;
    this.encounter = encounter;
    this.transaction = transaction;
    this.context = context;
    this.account = Gt1.account(pid, subject, context);
  }

  void add(Message message) {
    message.segments().stream().filter(Segment::hasContent).forEach(this::add);
    if (account.hasGuarantor()) {
      transaction.putOnce(account);
    }
  }

  private void add(Segment segment) {
    if (!segment.name().equals("NTE")) {
      observation = null;
    }
    switch (segment.name()) {
      case "PD1" -> Pd1.complete(patient, segment, context);
      case "NK1" -> Nk1.complete(patient, segment, context);
      case "PV2" -> encounter.ifPresent(visit -> Pv2.complete(visit, segment, context));
      case "ROL" -> role(segment);
      case "OBX" -> observe(segment);
      case "NTE" -> comment(segment);
      case "AL1" -> Al1.allergy(segment, subject, context).ifPresent(transaction::putOnce);
      case "IAM" -> Iam.allergy(segment, subject, context).ifPresent(transaction::putOnce);
      case "DG1" -> diagnose(segment);
      case "PR1" -> {
        inGroup = true;
        Pr1.procedure(segment, subject, visit(), context).ifPresent(transaction::putOnce);
      }
      case "GT1" -> guarantee(segment);
      case "IN1" -> {
        inGroup = true;
        insure(segment);
      }
      case "IN2" -> {
        if (coverage != null) {
          In2.complete(coverage, segment, context);
        }
      }
      default -> {
        // The patient and the visit themselves, and segments that have no translation.
      }
    }
  }

  /** Null where there is none. */
  private Reference visit() {
    return encounter
        .map(visit -> new Reference("Encounter/" + visit.getIdElement().getIdPart()))
        .orElse(null);
  }

  /** After a procedure or an insurance, ROL is about that one. */
  private void role(Segment rol) {
    if (!inGroup) {
      Rol.complete(patient, encounter, rol, context);
    }
  }

  /**
   * An observation of the visit as such, which one of the same code and time takes the place of.
   */
  private void observe(Segment obx) {
    Observation made = Obx.observation(obx, Optional.empty(), context);
    made.setSubject(subject).setEncounter(visit());
    String time = Obx.time(obx, context).map(DateTimeType::getValueAsString).orElse("");
    made.setId(
        LogicalKey.id(
            "Observation",
            "visit",
            subject.getReference(),
            String.valueOf(made.getEncounter().getReference()),
            Obx.key(obx, made),
            time));
    List<Attachment> attachments = ObxValue.attachments(obx, context);
    if (!attachments.isEmpty()) {
      made.addDerivedFrom(transaction.put(ObxDocument.document(made, attachments)));
    }
    transaction.put(made);
    observation = made;
  }

  private void comment(Segment nte) {
    if (observation != null) {
      Nte.annotations(List.of(nte), context).forEach(observation::addNote);
    }
  }

  private void diagnose(Segment dg1) {
    Dg1.condition(dg1, subject, visit(), context)
        .map(transaction::putOnce)
        .ifPresent(
            condition ->
                encounter.ifPresent(visit -> Dg1.diagnose(visit, dg1, condition, context)));
  }

  private void guarantee(Segment gt1) {
    Optional<Reference> person = Gt1.person(gt1, subject, context).map(transaction::putOnce);
    Gt1.guarantee(account, gt1, person, subject, context);
  }

  private void insure(Segment in1) {
    coverage = In1.coverage(in1, subject, context).orElse(null);
    if (coverage != null) {
      In1.insured(in1, subject, context)
          .map(transaction::putOnce)
          .or(() -> Optional.of(subject).filter(self -> In1.isOfPatient(in1)))
          .ifPresent(coverage::setSubscriber);
      transaction.putOnce(coverage);
    }
  }
}

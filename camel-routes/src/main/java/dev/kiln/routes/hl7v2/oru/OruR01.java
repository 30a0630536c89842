package dev.kiln.routes.hl7v2.oru;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.oru.PatientResult.ObservationGroup;
import dev.kiln.routes.hl7v2.oru.PatientResult.OrderObservation;
import dev.kiln.routes.hl7v2.segment.Nte;
import dev.kiln.routes.hl7v2.segment.Obr;
import dev.kiln.routes.hl7v2.segment.Obx;
import dev.kiln.routes.hl7v2.segment.ObxValue;
import dev.kiln.routes.hl7v2.segment.Pid;
import dev.kiln.routes.hl7v2.segment.Pv1;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/**
 * ORU^R01, results (section 7.3.1): patients, their visits, a report for each order, and its
 * observations.
 */
public final class OruR01 implements Hl7v2Translator {

  /**
   * Names an observation by its order's number, OBX-3 and OBX-4, where the sender gives it no
   * number.
   */
  private static final String OBSERVATIONS = "https://kiln.dev/fhir/NamingSystem/hl7v2-observation";

  @Override
  public String trigger() {
    return "ORU^R01";
  }

  @Override
  public Bundle translate(Message message, MessageContext context) {
    TransactionBundle transaction = new TransactionBundle();
    for (PatientResult group : PatientResult.of(message)) {
      if (group.orders().isEmpty()) {
        context.warn("OBR", "no OBR and no OBX, there is no result");
      }
      Reference patient = transaction.putOnce(Pid.patient(group.pid(), context));
      // Results do not say how the visit stands.
      Reference encounter =
          group
              .pv1()
              .map(
                  pv1 ->
                      Pv1.encounter(
                          pv1,
                          group.pid(),
                          EncounterStatus.UNKNOWN,
                          patient,
                          context.time(),
                          context))
              .map(transaction::putOnce)
              .orElse(null);
      for (OrderObservation order : group.orders()) {
        translate(order, new Subject(patient, encounter), transaction, context);
      }
    }
    return transaction.bundle();
  }

  private record Subject(Reference patient, Reference encounter) {}

  private static void translate(
      OrderObservation order,
      Subject subject,
      TransactionBundle transaction,
      MessageContext context) {
    if (order.obr().isEmpty()) {
      observations(order, subject, null, transaction, context);
      return;
    }
    DiagnosticReport report =
        Obr.report(order.obr().get(), order.orc(), subject.patient(), context);
    report.setEncounter(subject.encounter());
    List<String> conclusion = Nte.comments(order.notes());
    if (!conclusion.isEmpty()) {
      report.setConclusion(String.join("\n", conclusion));
    }
    // The report goes first, since its id may change where two orders have one number.
    transaction.put(report);
    observations(order, subject, report, transaction, context);
  }

  private static void observations(
      OrderObservation order,
      Subject subject,
      DiagnosticReport report,
      TransactionBundle transaction,
      MessageContext context) {
    Map<String, Integer> occurrences = new HashMap<>();
    for (ObservationGroup group : order.observations()) {
      Observation observation = Obx.observation(group.obx(), order.obr(), context);
      observation.setSubject(subject.patient()).setEncounter(subject.encounter());
      Nte.comments(group.notes()).forEach(text -> observation.addNote().setText(text));
      String key = Obx.key(group.obx(), observation);
      int occurrence = occurrences.merge(key, 1, Integer::sum);
      identify(observation, report, key + "|" + occurrence, context);
      Reference reference = transaction.put(observation);
      var attachments = ObxValue.attachments(group.obx(), context);
      if (report != null) {
        report.addResult(reference);
        attachments.forEach(report::addPresentedForm);
      } else if (!attachments.isEmpty()) {
        context.warn("OBX-5", "encapsulated data without an OBR to present it are not kept");
      }
    }
  }

  private static void identify(
      Observation observation, DiagnosticReport report, String key, MessageContext context) {
    List<String> parts = new ArrayList<>(List.of("Observation"));
    if (report == null) {
      parts.addAll(List.of("message", context.sender(), context.controlId()));
      parts.add(observation.getSubject().getReference());
    } else {
      parts.add(report.getIdElement().getIdPart());
      if (!observation.hasIdentifier() && report.hasIdentifier()) {
        Identifier order = report.getIdentifierFirstRep();
        observation
            .addIdentifier()
            .setSystem(OBSERVATIONS)
            .setValue(order.getSystem() + "|" + order.getValue() + "|" + key);
      }
    }
    parts.add(key);
    observation.setId(LogicalKey.id(parts.toArray(String[]::new)));
  }
}

package dev.kiln.routes.hl7v2.oru;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.order.Nte;
import dev.kiln.routes.hl7v2.segment.order.Obr;
import dev.kiln.routes.hl7v2.segment.order.Obx;
import dev.kiln.routes.hl7v2.segment.order.ObxDocument;
import dev.kiln.routes.hl7v2.segment.order.ObxValue;
import dev.kiln.routes.hl7v2.segment.order.Orc;
import dev.kiln.routes.hl7v2.segment.order.Spm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Specimen;

/** What one order's group becomes: a report on it, its specimens and its observations. */
final class OrderReport {

  /**
   * Names an observation by its order's number, OBX-3 and OBX-4, where the sender gives it no
   * number.
   */
  private static final String OBSERVATIONS = "https://kiln.dev/fhir/NamingSystem/hl7v2-observation";

  private final OrderObservation order;
  private final Reference patient;
  private final Reference encounter;
  private final ParentResults parents;
  private final TransactionBundle transaction;
  private final MessageContext context;
  private final Map<String, Integer> occurrences = new HashMap<>();

  /**
   * @param patient null where nobody is known
   * @param encounter null where there is none
   */
  OrderReport(
      OrderObservation order,
      Reference patient,
      Reference encounter,
      ParentResults parents,
      TransactionBundle transaction,
      MessageContext context) {
    this.order = order;
    this.patient = patient;
    this.encounter = encounter;
    this.parents = parents;
    this.transaction = transaction;
    this.context = context;
  }

  void translate() {
    Optional<DiagnosticReport> report = order.obr().map(this::report);
    List<Reference> specimens = new ArrayList<>();
    for (OrderObservation.Part part : order.specimens()) {
      specimens.add(specimen(part, report));
    }
    report.ifPresent(made -> specimens.forEach(made::addSpecimen));
    Optional<Observation> parent = order.obr().flatMap(obr -> parents.parent(obr, context));
    for (OrderObservation.Part part : order.observations()) {
      Observation observation = observation(part, report);
      if (specimens.size() == 1) {
        observation.setSpecimen(specimens.get(0));
      }
      Reference reference = transaction.put(observation);
      report.ifPresent(made -> made.addResult(reference));
      report.ifPresent(made -> parents.add(part.segment(), observation, made));
      parent.ifPresent(organism -> organism.addHasMember(reference));
    }
  }

  private DiagnosticReport report(Segment obr) {
    DiagnosticReport report = Obr.report(obr, order.orc(), patient, context);
    report.setEncounter(encounter);
    Nte.text(order.notes()).ifPresent(report::setConclusionElement);
    // The report goes first, since its id may change where two orders have one number.
    transaction.put(report);
    if (patient != null) {
      // An order must be for somebody.
      Orc.request(obr, order.orc(), patient, context)
          .map(request -> request.setEncounter(encounter))
          .map(request -> transaction.putOnce(Origin.mentioned(request)))
          .ifPresent(report::addBasedOn);
    }
    return report;
  }

  private Reference specimen(OrderObservation.Part part, Optional<DiagnosticReport> report) {
    Specimen specimen =
        Spm.specimen(part.segment(), patient, String.join("|", place(report)), context);
    Nte.annotations(part.notes(), context).forEach(specimen::addNote);
    return transaction.putOnce(specimen);
  }

  private Observation observation(OrderObservation.Part part, Optional<DiagnosticReport> report) {
    Observation observation = Obx.observation(part.segment(), order.obr(), context);
    observation.setSubject(patient).setEncounter(encounter);
    Nte.annotations(part.notes(), context).forEach(observation::addNote);
    identify(observation, part.segment(), report);
    List<Attachment> attachments = ObxValue.attachments(part.segment(), context);
    if (report.isPresent()) {
      attachments.forEach(report.get()::addPresentedForm);
    } else if (!attachments.isEmpty()) {
      observation.addDerivedFrom(transaction.put(ObxDocument.document(observation, attachments)));
    }
    return observation;
  }

  private void identify(Observation observation, Segment obx, Optional<DiagnosticReport> report) {
    String name = Obx.key(obx, observation);
    String key = name + "|" + occurrences.merge(name, 1, Integer::sum);
    List<String> parts = new ArrayList<>(List.of("Observation"));
    parts.addAll(place(report));
    parts.add(key);
    observation.setId(LogicalKey.id(parts.toArray(String[]::new)));
    if (!observation.hasIdentifier()) {
      report
          .filter(DiagnosticReport::hasIdentifier)
          .map(DiagnosticReport::getIdentifierFirstRep)
          .ifPresent(number -> observation.addIdentifier(identifier(number, key)));
    }
  }

  private static Identifier identifier(Identifier order, String key) {
    return new Identifier()
        .setSystem(OBSERVATIONS)
        .setValue(order.getSystem() + "|" + order.getValue() + "|" + key);
  }

  /**
   * What the keys of the group's parts begin with: the report, else the order, else the message.
   */
  private List<String> place(Optional<DiagnosticReport> report) {
    if (report.isPresent()) {
      return List.of(report.get().getIdElement().getIdPart());
    }
    String subject = patient == null ? "" : patient.getReference();
    return order
        .orc()
        .flatMap(orc -> Orc.number(orc, context))
        .map(number -> List.of("order", number.getSystem(), number.getValue(), subject))
        .orElseGet(() -> List.of("message", context.sender(), context.controlId(), subject));
  }
}

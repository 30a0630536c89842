package dev.kiln.routes.hl7v2.segment.order;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;

/**
 * An OBX that holds a document or points to one, as a document of its own: where there is no report
 * to present it, an observation has no place for it.
 */
public final class ObxDocument {

  private ObxDocument() {}

  /**
   * @param observation what else the segment says, with its id
   * @param attachments at least one
   */
  public static DocumentReference document(Observation observation, List<Attachment> attachments) {
    DocumentReference document = new DocumentReference();
    document.setId(LogicalKey.id("DocumentReference", observation.getIdElement().getIdPart()));
    boolean deleted = observation.getStatus() == ObservationStatus.ENTEREDINERROR;
    document.setStatus(
        deleted ? DocumentReferenceStatus.ENTEREDINERROR : DocumentReferenceStatus.CURRENT);
    Origin.of(observation.getStatusElement())
        .ifPresent(path -> Origin.mark(document.getStatusElement(), path));
    document.setType(observation.getCode()).setSubject(observation.getSubject());
    if (observation.hasEncounter()) {
      document.getContext().addEncounter(observation.getEncounter());
    }
    for (Attachment attachment : attachments) {
      Origin.mark(
          document.addContent().setAttachment(attachment), Origin.of(attachment).orElseThrow());
    }
    return document;
  }
}

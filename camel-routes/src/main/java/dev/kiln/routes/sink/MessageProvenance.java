package dev.kiln.routes.sink;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.MessageId;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;

/**
 * Says of everything that one message told where it came from: one Provenance with many targets,
 * whose entity is the message in the inbox. It follows the profile {@code kiln-message-provenance}.
 */
final class MessageProvenance {

  private static final String PROFILE =
      "https://kiln.dev/fhir/StructureDefinition/kiln-message-provenance";
  private static final String PARTICIPANT =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

  private MessageProvenance() {}

  static Provenance of(
      MessageId message, String sender, Instant receivedAt, Collection<String> targets) {
    Provenance provenance = new Provenance();
    provenance.setId(LogicalKey.id("Provenance", MessageId.SYSTEM, message.toString()));
    provenance.getMeta().addProfile(PROFILE);
    targets.forEach(target -> provenance.addTarget(new Reference(target)));
    provenance.setRecorded(Date.from(receivedAt));
    provenance
        .addAgent()
        .setType(new CodeableConcept(new Coding(PARTICIPANT, "author", "Author")))
        .setWho(new Reference().setDisplay(sender.isBlank() ? "unnamed sender" : sender));
    provenance
        .addEntity()
        .setRole(Provenance.ProvenanceEntityRole.SOURCE)
        .setWhat(
            new Reference()
                .setIdentifier(
                    new Identifier().setSystem(MessageId.SYSTEM).setValue(message.toString())));
    return provenance;
  }
}

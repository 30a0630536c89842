package dev.kiln.routes.hl7v2.document;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.patient.Pid;
import dev.kiln.routes.hl7v2.segment.visit.Pv1;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Reference;

/**
 * A message that is kept as it came: a Binary with its bytes, and a DocumentReference that leads to
 * it from the patient and the visit which it names.
 */
public final class MessageDocument {

  /** HL7 v2 in pipe form, as HL7's own "HL7 over HTTP" names it. */
  public static final String CONTENT_TYPE = "x-application/hl7-v2+er7";

  private static final String CONTROL_ID = "https://kiln.dev/fhir/NamingSystem/hl7v2-control-id";

  private MessageDocument() {}

  /**
   * @param raw what came, frame and all
   * @param type message type and trigger event, as in a receipt
   */
  public static Bundle of(Message message, byte[] raw, String type, MessageContext context) {
    TransactionBundle transaction = new TransactionBundle();
    DocumentReference document = new DocumentReference();
    document.setStatus(DocumentReferenceStatus.CURRENT);
    document.getType().setText("HL7 v2 message " + type);
    document
        .getMasterIdentifier()
        .setSystem(CONTROL_ID)
        .setValue(context.sender() + "|" + context.controlId());
    Ts.instant(message.msh().field(7), context).ifPresent(document::setDateElement);
    patients(message, document, transaction, context);

    // The bytes are part of the key: a control id may be given twice.
    String bytes = new String(raw, StandardCharsets.ISO_8859_1);
    String[] key = {"message", context.sender(), context.controlId(), bytes};
    document.setId(LogicalKey.id("DocumentReference", key[0], key[1], key[2], key[3]));
    Binary binary = new Binary().setContentType(CONTENT_TYPE).setData(raw);
    binary.setId(LogicalKey.id("Binary", key[0], key[1], key[2], key[3]));
    Reference content = transaction.put(binary);
    document
        .addContent()
        .getAttachment()
        .setContentType(CONTENT_TYPE)
        .setSize(raw.length)
        .setUrl(content.getReference());
    binary.setSecurityContext(transaction.put(document));
    return transaction.bundle();
  }

  /** The first patient is the document's, the others are related to it. */
  private static void patients(
      Message message,
      DocumentReference document,
      TransactionBundle transaction,
      MessageContext context) {
    List<Segment> pids = message.segments("PID").stream().filter(Segment::hasContent).toList();
    for (Segment pid : pids) {
      Reference patient = transaction.putOnce(Origin.mentioned(Pid.patient(pid, context)));
      if (document.hasSubject()) {
        document.getContext().addRelated(patient);
        continue;
      }
      document.setSubject(patient);
      message
          .first("PV1")
          .filter(Segment::hasContent)
          .ifPresent(
              pv1 -> {
                Encounter visit =
                    Pv1.encounter(
                        pv1,
                        Optional.of(pid),
                        EncounterStatus.UNKNOWN,
                        patient,
                        context.recorded(),
                        context);
                document.getContext().addEncounter(transaction.putOnce(Origin.mentioned(visit)));
              });
    }
  }
}

package dev.kiln.messages;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.kiln.fhir.ParametersPart;
import dev.kiln.fhir.access.Caller;
import dev.kiln.fhir.audit.AuditTrail;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.MessageAnatomy;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.control.MessageArchive.Entry;
import dev.kiln.routes.control.MessageArchive.Place;
import dev.kiln.routes.control.MessageArchive.Whole;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code GET [base]/$messages} finds messages, {@code $message} shows one, {@code
 * [base]/TYPE/ID/$source} tells which messages a resource came from. All answer with {@link
 * Parameters}; docs/messages.md has their shape. What is asked wrong is answered with 400 and an
 * OperationOutcome that names the parameter.
 */
public final class MessageOperations {

  /** Opens what a message says of a patient. */
  static final String REVEAL = "message.reveal";

  private static final int USUAL = 50;
  private static final int MOST = 200;
  private static final int MOST_SOURCES = 50;

  private final MessageArchive archive;
  private final List<MessageAnatomy> anatomies;
  private final AuditTrail audit;

  MessageOperations(MessageArchive archive, List<MessageAnatomy> anatomies, AuditTrail audit) {
    this.archive = archive;
    this.anatomies = anatomies;
    this.audit = audit;
  }

  /**
   * @param controlId MSH-10
   * @param patient id of a Patient of this store
   * @param type for example {@code ADT^A01}
   * @param sender sending application and facility, for example {@code LAB|HOSPITAL}
   * @param listener by which they came
   * @param received times as in a search: {@code ge2026-01-01}, at most two
   * @param state {@code received}, {@code applied}, {@code rejected} or {@code failed}
   * @param reason of a refusal or a dead letter
   * @param after the {@code next} of the last answer
   */
  @Operation(name = "$messages", idempotent = true)
  public Parameters messages(
      @OperationParam(name = "control-id", max = 1) StringType controlId,
      @OperationParam(name = "patient", max = 1) StringType patient,
      @OperationParam(name = "type", max = 1) StringType type,
      @OperationParam(name = "sender", max = 1) StringType sender,
      @OperationParam(name = "listener", max = 1) StringType listener,
      @OperationParam(name = "received", max = 2) List<StringType> received,
      @OperationParam(name = "state", max = 1) CodeType state,
      @OperationParam(name = "reason", max = 1) StringType reason,
      @OperationParam(name = "after", max = 1) StringType after,
      @OperationParam(name = "_count", max = 1) IntegerType count) {
    int most = MessageFilter.count(count, USUAL, MOST);
    List<Entry> found =
        archive.find(
            MessageFilter.query(
                List.of(),
                controlId,
                patient,
                type,
                sender,
                listener,
                received,
                state,
                reason,
                after == null ? null : place(after.getValue()),
                // One more tells whether there is a next page.
                most + 1));
    Parameters answer = new Parameters();
    found.stream()
        .limit(most)
        .forEach(entry -> MessageParts.of(entry, ParametersPart.of(answer, "message")));
    if (found.size() > most) {
      Entry last = found.get(most - 1);
      answer.addParameter("next", last.received() + "/" + last.id());
    }
    return answer;
  }

  /**
   * @param id as in {@code $messages} and in a Provenance
   * @param reason why the message must be seen as it is; without one it is masked
   */
  @Operation(name = "$message", idempotent = true)
  public Parameters message(
      RequestDetails request,
      @OperationParam(name = "id", min = 1, max = 1) StringType id,
      @OperationParam(name = "reason", max = 1) StringType reason) {
    MessageId wanted = MessageFilter.id(id);
    Whole whole =
        archive
            .read(wanted)
            .orElseThrow(() -> new ResourceNotFoundException("There is no message " + wanted));
    Mask mask = mask(request, "$message", wanted, reason, audit);
    return MessageParts.whole(
        whole,
        anatomies.stream()
            .filter(known -> known.format().equals(whole.entry().format()))
            .findFirst()
            .orElseThrow(),
        mask);
  }

  /**
   * Masked, unless the caller gives a reason and has the right; that is noted first.
   *
   * @throws InvalidRequestException where the reason stands in the address, which ends up in logs
   */
  static Mask mask(
      RequestDetails request,
      String operation,
      MessageId message,
      StringType reason,
      AuditTrail audit) {
    if (reason == null || reason.getValue() == null || reason.getValue().isBlank()) {
      return new Mask(true);
    }
    if (request.getRequestType() != RequestTypeEnum.POST) {
      throw new InvalidRequestException("The parameter \"reason\" stands in the body of a POST");
    }
    Caller.of(request).orElseThrow().require(REVEAL);
    audit.note(request, operation, false, reason.getValue(), List.of(message.toString()));
    return new Mask(false);
  }

  /** Of a resource that no message has told of, the answer is empty. */
  @Operation(name = "$source", idempotent = true, global = true)
  public Parameters source(@IdParam IdType resource) {
    Parameters answer = new Parameters();
    archive
        .sources(resource.getResourceType() + "/" + resource.getIdPart(), MOST_SOURCES)
        .forEach(source -> MessageParts.of(source, ParametersPart.of(answer, "source")));
    return answer;
  }

  private static Place place(String text) {
    try {
      String[] parts = text.split("/", 2);
      return new Place(
          Instant.parse(parts[0]),
          new MessageId(UUID.fromString(parts.length < 2 ? "" : parts[1])));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw new InvalidRequestException(
          "The parameter \"after\" is the value of \"next\" in an answer of this operation");
    }
  }
}

package dev.kiln.messages;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.kiln.fhir.ParametersPart;
import dev.kiln.fhir.audit.AuditTrail;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.InboxControl;
import dev.kiln.routes.control.InboxControl.Result;
import dev.kiln.routes.control.MessageAnatomy;
import dev.kiln.routes.control.MessageArchive.Query;
import dev.kiln.routes.control.MessageReplay;
import dev.kiln.routes.control.MessageReplay.Batch;
import dev.kiln.routes.control.MessageReplay.Change;
import dev.kiln.routes.control.MessageReplay.Preview;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code $replay-preview} says what a replay would change, {@code $replay} brings one message back
 * or all that are meant, in the order in which they came; docs/messages.md has the shapes.
 */
public final class ReplayOperations {

  private static final Set<String> PARAMETERS =
      Set.of(
          "id",
          "control-id",
          "patient",
          "type",
          "sender",
          "listener",
          "received",
          "state",
          "reason",
          "after",
          "_count");
  private static final int MOST = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final MessageReplay replays;
  private final InboxControl inbox;
  private final List<MessageAnatomy> anatomies;
  private final AuditTrail audit;

  ReplayOperations(
      MessageReplay replays, InboxControl inbox, List<MessageAnatomy> anatomies, AuditTrail audit) {
    this.replays = replays;
    this.inbox = inbox;
    this.anatomies = anatomies;
    this.audit = audit;
  }

  /**
   * @param reason why the values must be seen as they are; without one they are masked
   */
  @Operation(name = "$replay-preview", idempotent = true)
  public Parameters preview(
      RequestDetails request,
      @OperationParam(name = "id", min = 1, max = 1) StringType id,
      @OperationParam(name = "reason", max = 1) StringType reason) {
    MessageId wanted = MessageFilter.id(id);
    Preview preview;
    try {
      preview = replays.preview(wanted);
    } catch (NoSuchElementException e) {
      throw new ResourceNotFoundException(e.getMessage());
    }
    Mask mask = MessageOperations.mask(request, "$replay-preview", wanted, reason, audit);
    Parameters answer = new Parameters();
    ParametersPart message =
        ParametersPart.of(answer, "message")
            .text("id", wanted.toString())
            .code("refused", preview.refusal())
            .text("detail", mask.isOn() ? null : preview.detail());
    preview.warnings().forEach(warning -> message.text("warning", warning));
    preview.unread().forEach(field -> message.text("unread", field));
    preview.changes().forEach(change -> change(change, message.part("resource"), mask));
    for (String kept : preview.kept()) {
      String[] parts = kept.split(": ", 2);
      message
          .part("kept")
          .text("path", parts.length == 2 ? parts[0] : "")
          .text("why", parts[parts.length - 1]);
    }
    return answer;
  }

  private void change(Change change, ParametersPart resource, Mask mask) {
    resource.text("reference", change.reference());
    resource.text("version", change.version());
    resource.code(
        "action",
        change.version().isEmpty() ? "create" : change.elements().isEmpty() ? "none" : "update");
    change
        .elements()
        .forEach(
            element -> {
              boolean isOpen =
                  anatomies.stream().anyMatch(format -> format.isOpen(element.field()));
              resource
                  .part("element")
                  .text("path", element.path())
                  .code(
                      "change",
                      element.before() == null
                          ? "add"
                          : element.after() == null ? "remove" : "replace")
                  // Somebody else may have entered it, from whatever they knew.
                  .text("before", mask.of(element.before(), false))
                  .text("after", mask.of(element.after(), isOpen))
                  .text("field", element.field());
            });
  }

  /**
   * One message by its id is waited for; of several it is told that they are on their way.
   *
   * @param ids of the messages, or none where the others say which are meant, as in {@code
   *     $messages}
   * @param after the {@code next} of the call before
   */
  @Operation(name = "$replay")
  public Parameters replay(
      RequestDetails request,
      @OperationParam(name = "id") List<StringType> ids,
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
    refuseUnknown(request);
    int most = MessageFilter.count(count, MOST, MOST);
    Query wanted =
        MessageFilter.query(
            ids, controlId, patient, type, sender, listener, received, state, reason, null, most);
    if (wanted.equals(everything(most))) {
      throw new InvalidRequestException(
          "Say which messages are meant: by \"id\" or another parameter");
    }
    boolean areNamed = wanted.ids() != null;
    if (areNamed && !wanted.equals(everything(most).named(wanted.ids()))) {
      throw new InvalidRequestException(
          "Messages are meant either by \"id\" or by the other parameters");
    }
    if (areNamed && wanted.ids().size() == 1) {
      return one(request, wanted.ids().iterator().next());
    }
    audit.note(request, "$replay", true, null, described(wanted));
    Batch batch = replays.replay(wanted, place(after), most);
    Parameters answer = new Parameters();
    answer.addParameter(
        "replayed",
        new IntegerType(
            (int) batch.messages().stream().filter(one -> isOnItsWay(one.result())).count()));
    batch.messages().forEach(one -> outcome(answer, one.message(), one.result()));
    if (batch.next() > 0) {
      answer.addParameter("next", String.valueOf(batch.next()));
    }
    return answer;
  }

  private Parameters one(RequestDetails request, MessageId message) {
    audit.note(request, "$replay", true, null, List.of(message.toString()));
    try {
      Result result = inbox.replay(message, PATIENCE);
      Parameters answer = new Parameters();
      answer.addParameter("replayed", new IntegerType(isOnItsWay(result) ? 1 : 0));
      outcome(answer, message, result);
      return answer;
    } catch (NoSuchElementException e) {
      throw new ResourceNotFoundException(e.getMessage());
    } catch (IllegalStateException e) {
      throw new ResourceVersionConflictException(e.getMessage());
    }
  }

  /** One that nobody reads would make the others mean more messages than the caller does. */
  private static void refuseUnknown(RequestDetails request) {
    if (request.getResource() instanceof Parameters body) {
      body.getParameter().stream()
          .map(Parameters.ParametersParameterComponent::getName)
          .filter(name -> !PARAMETERS.contains(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw new InvalidRequestException("There is no parameter \"" + name + "\"");
              });
    }
  }

  /** A typing error in one parameter must not replay all that was ever received. */
  private static Query everything(int most) {
    return new Query(null, null, null, null, null, null, null, null, null, null, null, most);
  }

  private static List<String> described(Query wanted) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("id", wanted.ids());
    said.put("control-id", wanted.controlId());
    said.put("patient", wanted.patient());
    said.put("type", wanted.type());
    said.put("sender", wanted.sender());
    said.put("listener", wanted.source());
    said.put("from", wanted.from());
    said.put("until", wanted.until());
    said.put("state", wanted.state());
    said.put("reason", wanted.reason());
    said.values().removeIf(Objects::isNull);
    return said.entrySet().stream().map(Map.Entry::toString).toList();
  }

  private static boolean isOnItsWay(Result result) {
    return result != null && result.state() != InboxControl.State.REFUSED;
  }

  private static void outcome(Parameters answer, MessageId message, Result result) {
    ParametersPart.of(answer, "message")
        .text("id", message.toString())
        .code("outcome", result == null ? "left" : result.state().name().toLowerCase(Locale.ROOT))
        .code("reason", result == null ? null : result.reason());
  }

  private static long place(StringType after) {
    try {
      return after == null ? 0 : Long.parseLong(after.getValue());
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(
          "The parameter \"after\" is the value of \"next\" in an answer of this operation");
    }
  }
}

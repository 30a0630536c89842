package dev.kiln.messages;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.kiln.fhir.ParametersPart;
import dev.kiln.fhir.audit.AuditTrail;
import dev.kiln.routes.control.ListenerControl;
import dev.kiln.routes.control.ListenerControl.Step;
import dev.kiln.routes.control.ListenerControl.Trial;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.control.MessageArchive.Entry;
import dev.kiln.routes.control.MessageArchive.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code $listener-test} sends a message that changes nothing to one of the hub's own listeners and
 * tells how it fared; docs/messages.md has the shape.
 */
public final class ListenerTestOperation {

  private static final String NAME = "$listener-test";

  private final ListenerControl listeners;
  private final MessageArchive archive;
  private final AuditTrail audit;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  ListenerTestOperation(ListenerControl listeners, MessageArchive archive, AuditTrail audit) {
    this.listeners = listeners;
    this.archive = archive;
    this.audit = audit;
  }

  @Operation(name = NAME)
  public Parameters test(
      RequestDetails request, @OperationParam(name = "name", min = 1, max = 1) StringType name) {
    String wanted = String.valueOf(MessageFilter.value(name));
    if (listeners.listeners().stream().noneMatch(one -> one.name().equals(wanted))) {
      throw new ResourceNotFoundException("There is no listener of that name");
    }
    // Each is a connection to a partner's server, perhaps, which may lock out who comes too often.
    if (!underWay.add(wanted)) {
      throw new ResourceVersionConflictException("A test message to it is under way already");
    }
    Trial trial;
    try {
      audit.note(request, NAME, true, null, List.of(wanted));
      trial = listeners.test(wanted);
    } finally {
      underWay.remove(wanted);
    }
    Parameters answer = new Parameters();
    ParametersPart part =
        ParametersPart.of(answer, "test").text("name", wanted).flag("ok", trial.isGood());
    trial.steps().forEach(step -> of(step, part.part("step")));
    if (trial.certificate() != null) {
      part.part("certificate")
          .text("subject", trial.certificate().subject())
          .instant("ends", trial.certificate().ends());
    }
    // Nobody but the hub itself has said anything in it, so that it is not masked.
    part.text("control-id", trial.controlId())
        .text("acknowledgement", new String(trial.acknowledgement(), StandardCharsets.UTF_8));
    kept(trial, wanted).ifPresent(entry -> part.text("message", entry.id().toString()));
    return answer;
  }

  private static void of(Step step, ParametersPart part) {
    part.code("name", code(step.stage()))
        .number("millis", step.took().toMillis())
        .flag("ok", step.fault() == null);
    if (step.fault() != null) {
      part.code("fault", code(step.fault()));
    }
    part.text("text", step.text());
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Also one that was not answered in time may have been kept. */
  private Optional<Entry> kept(Trial trial, String listener) {
    return archive
        .find(
            new Query(
                null,
                trial.controlId(),
                null,
                null,
                null,
                listener,
                null,
                null,
                null,
                null,
                null,
                1))
        .stream()
        .findFirst();
  }
}

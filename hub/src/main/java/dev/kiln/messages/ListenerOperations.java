package dev.kiln.messages;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.kiln.fhir.ParametersPart;
import dev.kiln.fhir.audit.AuditTrail;
import dev.kiln.routes.control.ListenerControl;
import dev.kiln.routes.control.ListenerControl.Listener;
import dev.kiln.routes.control.ListenerTraffic;
import dev.kiln.routes.control.ListenerTraffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.boot.web.server.PortInUseException;

/**
 * {@code $listeners} tells how each way in fares, {@code $listener-pause} and {@code
 * $listener-resume} close and open one; docs/messages.md has the shapes.
 */
public final class ListenerOperations {

  private static final Traffic NONE =
      new Traffic(0, 0, 0, 0, 0, Optional.empty(), Optional.empty());

  private final ListenerControl listeners;
  private final ListenerTraffic traffic;
  private final AuditTrail audit;

  ListenerOperations(ListenerControl listeners, ListenerTraffic traffic, AuditTrail audit) {
    this.listeners = listeners;
    this.traffic = traffic;
    this.audit = audit;
  }

  /** Counts of the last hour; what waits and what is dead counts whenever it came. */
  @Operation(name = "$listeners", idempotent = true)
  public Parameters all() {
    Map<String, Traffic> fares = traffic.since(Instant.now().minus(Duration.ofHours(1)));
    Parameters answer = new Parameters();
    listeners
        .listeners()
        .forEach(
            listener ->
                of(
                    listener,
                    fares.getOrDefault(listener.name(), NONE),
                    ParametersPart.of(answer, "listener")));
    return answer;
  }

  @Operation(name = "$listener-pause")
  public Parameters pause(
      RequestDetails request, @OperationParam(name = "name", min = 1, max = 1) StringType name) {
    return change(request, "$listener-pause", name, listeners::pause);
  }

  @Operation(name = "$listener-resume")
  public Parameters resume(
      RequestDetails request, @OperationParam(name = "name", min = 1, max = 1) StringType name) {
    return change(request, "$listener-resume", name, listeners::resume);
  }

  private interface Change {
    void of(String name);
  }

  private Parameters change(
      RequestDetails request, String operation, StringType name, Change change) {
    String wanted = String.valueOf(MessageFilter.value(name));
    if (named(wanted).isEmpty()) {
      throw new ResourceNotFoundException("There is no listener of that name");
    }
    audit.note(request, operation, true, null, List.of(wanted));
    try {
      change.of(wanted);
    } catch (NoSuchElementException e) {
      throw new ResourceNotFoundException("There is no listener of that name");
    } catch (PortInUseException e) {
      throw new ResourceVersionConflictException(
          "Another program has taken port " + e.getPort() + " meanwhile");
    }
    Parameters answer = new Parameters();
    of(named(wanted).orElseThrow(), null, ParametersPart.of(answer, "listener"));
    return answer;
  }

  private Optional<Listener> named(String name) {
    return listeners.listeners().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /**
   * @param traffic null where it is not asked for
   */
  private static void of(Listener listener, Traffic traffic, ParametersPart part) {
    part.text("name", listener.name())
        .code("kind", listener.kind())
        .text("address", listener.address());
    if (listener.port() > 0) {
      part.number("port", listener.port());
    }
    part.code("state", listener.state().name().toLowerCase(Locale.ROOT))
        .number("connections", listener.connections())
        .instant("last-message", listener.lastMessage().orElse(null))
        .instant("certificate-ends", listener.certificateEnds().orElse(null));
    listener
        .trouble()
        .ifPresent(
            trouble ->
                part.part("trouble").text("why", trouble.why()).instant("since", trouble.since()));
    if (traffic == null) {
      return;
    }
    part.number("received-hour", traffic.received())
        .number("refused-hour", traffic.refused())
        .number("failed-hour", traffic.failed())
        .number("waiting", traffic.waiting())
        .number("failed", traffic.deadLetters())
        .instant("oldest-waiting", traffic.oldest().orElse(null));
    traffic
        .lastFault()
        .ifPresent(
            fault ->
                part.part("last-error")
                    .text("message", fault.message().toString())
                    .code("reason", fault.reason())
                    .instant("received", fault.received()));
  }
}

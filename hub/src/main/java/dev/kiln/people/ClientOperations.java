package dev.kiln.people;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.kiln.access.OperatorClient;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Client;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.client.Clients.Registered;
import dev.kiln.auth.client.Clients.Registration;
import dev.kiln.auth.client.OwnApps;
import dev.kiln.fhir.ParametersPart;
import dev.kiln.fhir.audit.AuditTrail;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code $clients} tells which apps and services there are, {@code $client-register}, {@code
 * $client-disable}, {@code $client-enable}, {@code $client-secret} and {@code $client-remove}
 * change that; docs/people.md has the shapes.
 */
public final class ClientOperations {

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "redirectUris", "redirect-uri",
          "launchUrl", "launch-url",
          "scopes", "scope",
          "jwksUrl", "jwks-url");

  private final Clients clients;
  private final OwnApps ownApps;
  private final OperatorClient operator;
  private final AuditTrail audit;

  ClientOperations(Clients clients, OwnApps ownApps, OperatorClient operator, AuditTrail audit) {
    this.clients = clients;
    this.ownApps = ownApps;
    this.operator = operator;
    this.audit = audit;
  }

  @Operation(name = "$clients", idempotent = true)
  public Parameters all() {
    Parameters answer = new Parameters();
    clients.list().forEach(client -> tell(answer, client));
    return answer;
  }

  /**
   * @param scope with blanks between
   * @param jwks a JSON Web Key Set, as text
   */
  @Operation(name = "$client-register")
  public Parameters register(
      RequestDetails request,
      @OperationParam(name = "name", min = 1, max = 1) StringType name,
      @OperationParam(name = "kind", min = 1, max = 1) StringType kind,
      @OperationParam(name = "backend", max = 1) BooleanType backend,
      @OperationParam(name = "redirect-uri") List<StringType> uris,
      @OperationParam(name = "scope", min = 1, max = 1) StringType scope,
      @OperationParam(name = "launch-url", max = 1) StringType url,
      @OperationParam(name = "jwks", max = 1) StringType jwks,
      @OperationParam(name = "jwks-url", max = 1) StringType keys) {
    Registration wanted =
        new Registration(
            Given.required("name", name),
            kind(Given.required("kind", kind)),
            backend != null && backend.booleanValue(),
            Given.texts(uris),
            Given.text(url),
            List.of(Given.required("scope", scope).split("\\s+")),
            Given.text(jwks),
            Given.text(keys),
            false);
    String id = UUID.randomUUID().toString();
    try {
      clients.check(id, wanted);
      note(request, "$client-register", id, Map.of("scope", String.join(" ", wanted.scopes())));
      Registered registered = clients.register(id, wanted);
      Parameters answer = new Parameters();
      tell(answer, registered.client());
      if (registered.secret() != null) {
        answer.addParameter("secret", registered.secret());
      }
      return answer;
    } catch (Clients.Wrong e) {
      throw Given.wrong(
          PARAMETERS.getOrDefault(e.component(), e.component()), e.getMessage() + ".");
    }
  }

  private static Kind kind(String word) {
    return Arrays.stream(Kind.values())
        .filter(kind -> word(kind).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Given.wrong(
                    "kind",
                    "It is one of public, confidential-symmetric and confidential-asymmetric."));
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Operation(name = "$client-disable")
  public Parameters disable(
      RequestDetails request, @OperationParam(name = "id", min = 1, max = 1) StringType id) {
    return change(request, "$client-disable", id, clients::disable);
  }

  @Operation(name = "$client-enable")
  public Parameters enable(
      RequestDetails request, @OperationParam(name = "id", min = 1, max = 1) StringType id) {
    return change(request, "$client-enable", id, clients::enable);
  }

  @Operation(name = "$client-remove")
  public Parameters remove(
      RequestDetails request, @OperationParam(name = "id", min = 1, max = 1) StringType id) {
    return change(request, "$client-remove", id, clients::remove);
  }

  private Parameters change(
      RequestDetails request, String operation, StringType id, Consumer<String> change) {
    Client client = foreign(id);
    note(request, operation, client.clientId(), Map.of());
    change.accept(client.clientId());
    Parameters answer = new Parameters();
    clients.find(client.clientId()).ifPresent(now -> tell(answer, now));
    return answer;
  }

  /** The former secret is void at once. */
  @Operation(name = "$client-secret")
  public Parameters secret(
      RequestDetails request, @OperationParam(name = "id", min = 1, max = 1) StringType id) {
    Client client = foreign(id);
    if (client.registration().kind() != Kind.CONFIDENTIAL_SYMMETRIC) {
      throw new ResourceVersionConflictException(
          "The parameter \"id\": That client has no secret.");
    }
    note(request, "$client-secret", client.clientId(), Map.of());
    String secret = clients.newSecret(client.clientId());
    Parameters answer = new Parameters();
    tell(answer, client);
    answer.addParameter("secret", secret);
    return answer;
  }

  /** One that can be changed. */
  private Client foreign(StringType id) {
    String wanted = Given.required("id", id);
    Client client =
        clients
            .find(wanted)
            .orElseThrow(
                () ->
                    new ResourceNotFoundException(
                        "The parameter \"id\": There is no client of that id."));
    if (isOfKiln(wanted)) {
      throw new ResourceVersionConflictException(
          "The parameter \"id\": That client is a part of Kiln and stays as it is.");
    }
    return client;
  }

  private boolean isOfKiln(String clientId) {
    return ownApps.contains(clientId) || operator.is(clientId);
  }

  private void note(
      RequestDetails request, String operation, String id, Map<String, String> details) {
    audit.note(request, operation, true, null, List.of(id), details);
  }

  private void tell(Parameters answer, Client client) {
    Registration known = client.registration();
    ParametersPart part =
        ParametersPart.of(answer, "client")
            .text("id", client.clientId())
            .text("name", known.name())
            .code("kind", word(known.kind()))
            .flag("backend", known.isBackend());
    known.redirectUris().forEach(uri -> part.text("redirect-uri", uri));
    part.text("launch-url", known.launchUrl()).text("scope", String.join(" ", known.scopes()));
    part.text("jwks-url", known.jwksUrl())
        .flag("introspects", known.mayIntrospect())
        .flag("enabled", client.isEnabled())
        .instant("registered", client.registered())
        .flag("own", isOfKiln(client.clientId()));
  }
}

package dev.kiln.operator;

import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.client.Clients.Registered;
import dev.kiln.auth.client.Clients.Registration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What {@code ./kiln client} asks of the running hub. {@code POST /operator/clients}, with the
 * metadata of RFC 7591 by their names there, answers with {@code client_id} and, where the client
 * has one, {@code client_secret}, which is told this once; or with {@code error} and 400. {@code
 * GET} lists the clients. {@code POST} to {@code /ID/disable} and {@code /ID/enable}, and {@code
 * DELETE} of {@code /ID}, answer with 204, or with {@code error}: 404 where there is none of that
 * id, 409 for the operator's own.
 */
@RestController
class ClientRequest {

  private static final Map<Kind, String> METHODS =
      Map.of(
          Kind.PUBLIC, "none",
          Kind.CONFIDENTIAL_SYMMETRIC, "client_secret_basic",
          Kind.CONFIDENTIAL_ASYMMETRIC, "private_key_jwt");

  private final Clients clients;

  ClientRequest(Clients clients) {
    this.clients = clients;
  }

  /**
   * @param scope with blanks between
   * @param token_endpoint_auth_method {@code none}, {@code client_secret_basic} or {@code
   *     private_key_jwt}
   * @param grant_types {@code client_credentials} alone makes it a backend service
   * @param jwks a JSON Web Key Set as an object
   * @param initiate_login_uri where an EHR launch opens the app
   * @param may_introspect whether it is a resource server that may ask about all tokens; not RFC
   *     7591's, which leaves room for such
   */
  record Metadata(
      String client_name,
      List<String> redirect_uris,
      String scope,
      String token_endpoint_auth_method,
      List<String> grant_types,
      Map<String, Object> jwks,
      String jwks_uri,
      String initiate_login_uri,
      boolean may_introspect) {}

  @PostMapping("/operator/clients")
  ResponseEntity<Map<String, String>> register(@RequestBody Metadata wanted) {
    try {
      Registered registered = clients.register(registration(wanted));
      Map<String, String> answer = new LinkedHashMap<>();
      answer.put("client_id", registered.client().clientId());
      if (registered.secret() != null) {
        answer.put("client_secret", registered.secret());
      }
      return ResponseEntity.ok(answer);
    } catch (IllegalArgumentException e) {
      return refused(400, e.getMessage());
    }
  }

  /** A client as an operator sees it; the names that RFC 7591 has are its. */
  record Listed(
      String client_id,
      String client_name,
      String token_endpoint_auth_method,
      String scope,
      boolean enabled,
      Instant registered) {}

  @GetMapping("/operator/clients")
  List<Listed> list() {
    return clients.list().stream().map(ClientRequest::listed).toList();
  }

  @PostMapping("/operator/clients/{id}/disable")
  ResponseEntity<Map<String, String>> disable(@PathVariable String id) {
    return with(id, clients::disable);
  }

  @PostMapping("/operator/clients/{id}/enable")
  ResponseEntity<Map<String, String>> enable(@PathVariable String id) {
    return with(id, clients::enable);
  }

  @DeleteMapping("/operator/clients/{id}")
  ResponseEntity<Map<String, String>> remove(@PathVariable String id) {
    return with(id, clients::remove);
  }

  private ResponseEntity<Map<String, String>> with(String id, Consumer<String> change) {
    if (id.equals(OperatorKey.CLIENT)) {
      return refused(409, "That is the operator's own client, by which this is asked.");
    }
    if (clients.find(id).isEmpty()) {
      return refused(404, "There is no client of that id.");
    }
    change.accept(id);
    return ResponseEntity.noContent().build();
  }

  private static ResponseEntity<Map<String, String>> refused(int status, String why) {
    return ResponseEntity.status(status).body(Map.of("error", why));
  }

  private static Listed listed(Clients.Client client) {
    Registration known = client.registration();
    return new Listed(
        client.clientId(),
        known.name(),
        METHODS.get(known.kind()),
        String.join(" ", known.scopes()),
        client.isEnabled(),
        client.registered());
  }

  private static Registration registration(Metadata wanted) {
    if (wanted.scope() == null || wanted.scope().isBlank()) {
      throw new IllegalArgumentException("scope is missing: the most that the client may ask for.");
    }
    return new Registration(
        Objects.requireNonNullElse(wanted.client_name(), ""),
        kind(wanted.token_endpoint_auth_method()),
        List.of("client_credentials").equals(wanted.grant_types()),
        Objects.requireNonNullElse(wanted.redirect_uris(), List.of()),
        wanted.initiate_login_uri(),
        List.of(wanted.scope().strip().split(" +")),
        wanted.jwks() == null
            ? null
            : com.nimbusds.jose.util.JSONObjectUtils.toJSONString(wanted.jwks()),
        wanted.jwks_uri(),
        wanted.may_introspect());
  }

  private static Kind kind(String method) {
    return METHODS.entrySet().stream()
        .filter(known -> known.getValue().equals(method))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "token_endpoint_auth_method is one of none, client_secret_basic,"
                        + " private_key_jwt."));
  }
}

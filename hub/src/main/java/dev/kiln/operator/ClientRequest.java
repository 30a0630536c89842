package dev.kiln.operator;

import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.client.Clients.Registered;
import dev.kiln.auth.client.Clients.Registration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What {@code ./kiln client} asks of the running hub: {@code POST /operator/clients}, with the
 * metadata of RFC 7591 by their names there. Answers with {@code client_id} and, where the client
 * has one, {@code client_secret}, which is told this once; or with {@code error} and 400.
 */
@RestController
class ClientRequest {

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
   */
  record Metadata(
      String client_name,
      List<String> redirect_uris,
      String scope,
      String token_endpoint_auth_method,
      List<String> grant_types,
      Map<String, Object> jwks,
      String jwks_uri,
      String initiate_login_uri) {}

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
      return ResponseEntity.badRequest().body(Map.of("error", e.getMessage()));
    }
  }

  private static Registration registration(Metadata wanted) {
    return new Registration(
        Objects.requireNonNullElse(wanted.client_name(), ""),
        kind(wanted.token_endpoint_auth_method()),
        List.of("client_credentials").equals(wanted.grant_types()),
        Objects.requireNonNullElse(wanted.redirect_uris(), List.of()),
        wanted.initiate_login_uri(),
        List.of(Objects.requireNonNullElse(wanted.scope(), "").strip().split(" +")),
        wanted.jwks() == null
            ? null
            : com.nimbusds.jose.util.JSONObjectUtils.toJSONString(wanted.jwks()),
        wanted.jwks_uri(),
        false);
  }

  private static Kind kind(String method) {
    return switch (Objects.requireNonNullElse(method, "")) {
      case "none" -> Kind.PUBLIC;
      case "client_secret_basic" -> Kind.CONFIDENTIAL_SYMMETRIC;
      case "private_key_jwt" -> Kind.CONFIDENTIAL_ASYMMETRIC;
      default ->
          throw new IllegalArgumentException(
              "token_endpoint_auth_method is one of none, client_secret_basic, private_key_jwt.");
    };
  }
}

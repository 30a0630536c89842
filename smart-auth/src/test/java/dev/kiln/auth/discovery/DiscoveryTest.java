package dev.kiln.auth.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.testing.App;
import dev.kiln.testing.Http;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What apps are told before they ask for anything. */
class DiscoveryTest {

  private final Server server = Server.get();
  private final Http http = new Http();

  private Answer smart(String... headers) {
    return http.get(server.fhirBase() + "/.well-known/smart-configuration", headers);
  }

  @SuppressWarnings("unchecked")
  private static List<String> list(Answer answer, String name) {
    return (List<String>) answer.get(name);
  }

  @Test
  @DisplayName("well_known_endpoint: 200, JSON, without authorization, under the FHIR base")
  void servesTheSmartConfiguration() {
    Answer answer = smart("Accept", "application/json");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
  }

  @Test
  @DisplayName("well_known_capabilities_stu2, bulk_data_smart_discovery_v101_contents")
  void namesTheEndpoints() {
    Answer answer = smart();

    assertThat(answer.json())
        .containsEntry("issuer", server.address())
        .containsEntry("jwks_uri", server.address() + "/oauth2/jwks")
        .containsEntry("authorization_endpoint", server.address() + "/oauth2/authorize")
        .containsEntry("token_endpoint", server.address() + "/oauth2/token");
    assertThat(list(answer, "grant_types_supported"))
        .contains("authorization_code", "client_credentials");
    assertThat(list(answer, "code_challenge_methods_supported")).containsExactly("S256");
    assertThat(list(answer, "token_endpoint_auth_methods_supported")).contains("private_key_jwt");
    assertThat(list(answer, "token_endpoint_auth_signing_alg_values_supported"))
        .containsExactlyInAnyOrder("RS384", "ES384");
    assertThat(list(answer, "scopes_supported")).isNotEmpty();
  }

  @Test
  @DisplayName("g10_smart_well_known_capabilities (standalone and EHR), pitfall 21")
  void namesTheCapabilities() {
    assertThat(list(smart(), "capabilities"))
        .contains(
            "launch-standalone",
            "launch-ehr",
            "client-public",
            "client-confidential-symmetric",
            "client-confidential-asymmetric",
            "sso-openid-connect",
            "context-standalone-patient",
            "context-banner",
            "context-style",
            "context-ehr-patient",
            "context-ehr-encounter",
            "permission-offline",
            "permission-patient",
            "permission-user",
            "authorize-post",
            "permission-v2",
            "permission-v1");
  }

  @Test
  @DisplayName("smart_openid_retrieve_configuration, smart_openid_required_configuration_fields")
  void servesTheOpenIdConfiguration() {
    Answer answer = http.get(server.address() + "/.well-known/openid-configuration");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.json())
        .containsEntry("issuer", server.address())
        .containsEntry("authorization_endpoint", server.address() + "/oauth2/authorize")
        .containsEntry("token_endpoint", server.address() + "/oauth2/token")
        .containsEntry("jwks_uri", server.address() + "/oauth2/jwks")
        .containsKeys("response_types_supported", "subject_types_supported");
    assertThat(list(answer, "id_token_signing_alg_values_supported")).contains("RS256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"})
  @DisplayName("pitfall 21: nothing is announced that is not served")
  void announcesOnlyWhatIsServed(String path) {
    Answer answer = http.get(server.address() + path);

    assertThat(answer.json())
        .doesNotContainKeys(
            "device_authorization_endpoint",
            "end_session_endpoint",
            "tls_client_certificate_bound_access_tokens",
            "dpop_signing_alg_values_supported",
            "registration_endpoint");
    assertThat(list(answer, "grant_types_supported"))
        .containsExactlyInAnyOrder("authorization_code", "refresh_token", "client_credentials");
    assertThat(list(answer, "token_endpoint_auth_methods_supported"))
        .containsExactlyInAnyOrder(
            "none", "client_secret_basic", "client_secret_post", "private_key_jwt");
    for (String other : List.of("/oauth2/device_authorization", "/oauth2/par", "/connect/logout")) {
      assertThat(http.post(server.address() + other, Map.of()).status()).as(other).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("smart_openid_retrieve_jwks: at least one RSA key, no private half")
  void publishesKeys() {
    Answer answer = http.get(server.address() + "/oauth2/jwks");

    assertThat(answer.status()).isEqualTo(200);
    assertThat((List<?>) answer.get("keys"))
        .isNotEmpty()
        .allSatisfy(
            key ->
                assertThat((Map<?, ?>) key)
                    .satisfies(
                        parts -> {
                          assertThat(parts.get("kty")).isEqualTo("RSA");
                          assertThat(parts.get("kid")).isNotNull();
                          assertThat(parts.get("d")).isNull();
                          assertThat(parts.get("p")).isNull();
                        }));
  }

  @Test
  @DisplayName("g10 practitioner group extras: smart_style_url answers with JSON")
  void servesTheStyle() {
    Answer answer = http.get(server.address() + "/.well-known/smart-style.json");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).containsKeys("color_background", "font_family_body");
  }

  @Test
  @DisplayName("smart_cors_well_known_endpoint, smart_cors_token_exchange (pitfall 18)")
  void letsRegisteredOriginsCall() {
    App.of(Kind.PUBLIC);
    for (String address :
        List.of(
            server.fhirBase() + "/.well-known/smart-configuration",
            server.address() + "/.well-known/openid-configuration",
            server.address() + "/oauth2/jwks",
            server.address() + "/oauth2/token",
            server.address() + "/oauth2/revoke")) {
      Answer preflight =
          http.options(
              address,
              "Origin",
              App.ORIGIN,
              "Access-Control-Request-Method",
              "POST",
              "Access-Control-Request-Headers",
              "authorization");
      assertThat(preflight.status()).as(address).isEqualTo(200);
      assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(App.ORIGIN);
      assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
    }
    assertThat(smart("Origin", App.ORIGIN).header("Access-Control-Allow-Origin"))
        .isEqualTo(App.ORIGIN);
  }

  @Test
  @DisplayName("no page of anybody else may call")
  void refusesOtherOrigins() {
    for (String origin : List.of("https://evil.example.org", "null", App.ORIGIN + ".evil.org")) {
      Answer answer =
          http.post(
              server.address() + "/oauth2/token", Map.of("grant_type", "x"), "Origin", origin);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }
}

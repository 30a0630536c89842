package dev.kiln.access.smart;

import static dev.kiln.access.smart.Chart.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.SmartApp.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an app learns below the FHIR base before it has a token, and what its web page may read. */
class DiscoveryIT {

  private static final String SCOPE = "openid fhirUser launch/patient patient/*.rs";
  private static final String WELL_KNOWN = "/fhir/.well-known/smart-configuration";
  private static final RunningHub hub = RunningHub.get();

  private static Token token;

  @BeforeAll
  static void launch() throws IOException {
    token = SmartApp.of(Kind.PUBLIC, SCOPE).standalone(Chart.get().drake, PATIENT, SCOPE);
  }

  @Test
  @DisplayName("well_known_endpoint: without a token, as JSON")
  void isFoundBelowTheFhirBase() {
    Answer answer = hub.stranger().get(WELL_KNOWN, "Accept", "application/json");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.json().isObject()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "authorization_endpoint, STRING",
    "token_endpoint, STRING",
    "issuer, STRING",
    "jwks_uri, STRING",
    "introspection_endpoint, STRING",
    "revocation_endpoint, STRING",
    "capabilities, ARRAY",
    "grant_types_supported, ARRAY",
    "code_challenge_methods_supported, ARRAY",
    "token_endpoint_auth_methods_supported, ARRAY",
    "token_endpoint_auth_signing_alg_values_supported, ARRAY",
    "scopes_supported, ARRAY"
  })
  @DisplayName("well_known_capabilities_stu2, bulk_data_smart_discovery_v101_contents: the fields")
  void hasTheField(String name, String type) {
    JsonNode field = hub.stranger().get(WELL_KNOWN).json().path(name);
    assertThat(field.getNodeType()).hasToString(type);
    assertThat(field.isTextual() ? field.asText().length() : field.size()).isPositive();
    if (name.endsWith("_endpoint") || name.endsWith("_uri")) {
      assertThat(field.asText()).startsWith(hub.base() + "/");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "grant_types_supported, authorization_code, implicit",
    "code_challenge_methods_supported, S256, plain",
    "token_endpoint_auth_methods_supported, private_key_jwt, tls_client_auth",
    "token_endpoint_auth_signing_alg_values_supported, RS384, none",
    "token_endpoint_auth_signing_alg_values_supported, ES384, HS256"
  })
  @DisplayName("well_known_capabilities_stu2: what is supported and what is not")
  void names(String field, String supported, String unsupported) {
    assertThat(texts(hub.stranger().get(WELL_KNOWN).json().path(field)))
        .contains(supported)
        .doesNotContain(unsupported);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "launch-standalone",
        "launch-ehr",
        "client-public",
        "client-confidential-symmetric",
        "client-confidential-asymmetric",
        "sso-openid-connect",
        "context-standalone-patient",
        "context-ehr-patient",
        "context-ehr-encounter",
        "context-banner",
        "context-style",
        "permission-offline",
        "permission-patient",
        "permission-user",
        "permission-v1",
        "permission-v2",
        "authorize-post"
      })
  @DisplayName("g10_smart_well_known_capabilities: standalone and EHR")
  void hasTheCapability(String capability) {
    assertThat(texts(hub.stranger().get(WELL_KNOWN).json().path("capabilities")))
        .contains(capability);
  }

  @ParameterizedTest
  @ValueSource(strings = {WELL_KNOWN, "/fhir/metadata"})
  @DisplayName("smart_cors_well_known_endpoint, smart_cors_metadata_request")
  void mayBeReadByTheAppsPage(String path) {
    Answer answer = hub.stranger().get(path, "Origin", SmartApp.ORIGIN);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
        .containsExactly(SmartApp.ORIGIN);
    assertThat(
            hub.stranger()
                .get(path, "Origin", "https://evil.example")
                .header("Access-Control-Allow-Origin"))
        .isNull();
  }

  @Test
  @DisplayName("smart_cors_openid_fhir_user_claim: who has signed in, read by the app's page")
  void whoHasSignedInMayBeReadByTheAppsPage() throws Exception {
    String address = (String) token.idToken().getClaim("fhirUser");
    Answer asked =
        new Http(hub.base(), null)
            .send(
                "OPTIONS",
                address,
                null,
                "Origin",
                SmartApp.ORIGIN,
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "authorization");
    assertThat(asked.status()).isEqualTo(200);
    Answer read = token.http().get(address, "Origin", SmartApp.ORIGIN);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.headers().allValues("Access-Control-Allow-Origin"))
        .containsExactly(SmartApp.ORIGIN);
  }

  @Test
  @DisplayName("the addresses of the CapabilityStatement are those of the configuration")
  void saysTheSameTwice() {
    JsonNode configuration = hub.stranger().get(WELL_KNOWN).json();
    JsonNode uris =
        hub.stranger().get("/fhir/metadata").json().at("/rest/0/security/extension/0/extension");
    for (String[] pair :
        List.of(
            new String[] {"authorize", "authorization_endpoint"},
            new String[] {"token", "token_endpoint"},
            new String[] {"introspect", "introspection_endpoint"},
            new String[] {"revoke", "revocation_endpoint"})) {
      assertThat(uris)
          .anyMatch(
              uri ->
                  uri.path("url").asText().equals(pair[0])
                      && uri.path("valueUri").equals(configuration.path(pair[1])));
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}

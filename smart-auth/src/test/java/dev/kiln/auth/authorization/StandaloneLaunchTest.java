package dev.kiln.auth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.AccessTokens.Grant;
import dev.kiln.auth.PendingAuthorization;
import dev.kiln.auth.PendingAuthorizations;
import dev.kiln.auth.SmartScope;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.testing.App;
import dev.kiln.testing.Http;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An app that is opened by itself, from its request to its token. */
class StandaloneLaunchTest {

  private static final String USUAL = "launch/patient openid fhirUser offline_access patient/*.rs";

  private final Server server = Server.get();

  private Grant grant(Answer token) {
    return server.bean(AccessTokens.class).grant((String) token.get("access_token")).orElseThrow();
  }

  private static Set<String> scopes(Answer token) {
    return Scopes.split((String) token.get("scope"));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName(
      "smart_app_redirect_stu2, smart_code_received, smart_token_exchange_stu2_2,"
          + " smart_token_response_body_stu2_2, smart_token_response_headers,"
          + " g10_smart_scopes, g10_public_standalone_launch, g10_asymmetric_launch")
  void launches(Kind kind) {
    App app = App.of(kind).signIn("drake");
    String state = app.pending(app.request(USUAL));
    PendingAuthorization pending = app.pending(state, "drake");
    assertThat(pending.wantsPatient()).isTrue();
    assertThat(pending.isStandalone()).isTrue();
    assertThat(pending.clientName()).isEqualTo("Growth chart");
    server.bean(PendingAuthorizations.class).choosePatient(state, server.account("drake"), "alba");

    Answer redirect = app.consent(state, pending.scopes());
    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.header("Location")).startsWith(App.REDIRECT + "?");
    assertThat(redirect.redirect())
        .containsEntry("state", "the app's own state")
        .containsKey("code")
        .doesNotContainKey("error");

    Answer token = app.token(app.exchange(redirect.redirect().get("code")));
    assertThat(token.status()).isEqualTo(200);
    assertThat(token.json())
        .containsEntry("token_type", "Bearer")
        .containsEntry("patient", "alba")
        .containsEntry("need_patient_banner", true)
        .containsKeys("access_token", "refresh_token", "id_token", "smart_style_url");
    assertThat(token.get("expires_in")).isInstanceOf(Integer.class);
    assertThat(scopes(token)).isEqualTo(Scopes.split(USUAL));
    assertThat(token.header("Content-Type")).startsWith("application/json");
    assertThat(token.header("Cache-Control")).contains("no-store");
    assertThat(token.header("Pragma")).contains("no-cache");
    assertThat(grant(token).context()).isEqualTo(Map.of("patient", "alba"));
    assertThat(grant(token).fhirUser()).isEqualTo("Practitioner/drake");
    assertThat(grant(token).subject()).isEqualTo(server.account("drake").id());
    assertThat(grant(token).scopes())
        .isEqualTo(Set.of(SmartScope.of("patient/*.rs").orElseThrow()));
  }

  @Test
  @DisplayName("smart_app_redirect_stu2 by POST, also before the person has signed in (pitfall 16)")
  void launchesByPost() {
    App app = App.of(Kind.PUBLIC);
    String endpoint = server.address() + "/oauth2/authorize";
    Answer posted = app.browser.post(endpoint, app.request(USUAL));
    assertThat(posted.status()).isEqualTo(303);

    Answer asked = app.browser.get(server.address() + posted.header("Location"));
    assertThat(asked.header("Location")).endsWith("/sign-in");

    app.signIn("drake");
    Answer again = app.browser.get(server.address() + posted.header("Location"));
    assertThat(again.header("Location")).contains("/consent?");
    PendingAuthorization pending = app.pending(again.redirect().get("state"), "drake");
    assertThat(pending.scopes()).containsExactlyInAnyOrderElementsOf(Scopes.split(USUAL));
  }

  @Test
  @DisplayName("app-launch 54, 59; g10_smart_invalid_aud: aud is checked, a slash more is the same")
  void checksTheAudience() {
    App app = App.of(Kind.PUBLIC).signIn("drake");
    Map<String, Object> request = app.request(USUAL);
    request.put("aud", server.fhirBase() + "/");
    assertThat(app.pending(request)).isNotBlank();

    for (Object wrong :
        new Object[] {
          "https://inferno.healthit.gov/invalid_aud",
          server.fhirBase() + "//",
          "",
          List.of(server.fhirBase(), "https://else.example.org")
        }) {
      request.put("aud", wrong);
      isRefused(app.authorize(request), "invalid_request");
    }
    request.remove("aud");
    isRefused(app.authorize(request), "invalid_request");
  }

  private static void isRefused(Answer answer, String error) {
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).startsWith(App.REDIRECT + "?");
    assertThat(answer.redirect())
        .containsEntry("error", error)
        .containsEntry("state", "the app's own state")
        .doesNotContainKey("code");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("app-launch 14, 15: S256 only, and for every kind of client")
  void wantsAChallenge(Kind kind) {
    App app = App.of(kind).signIn("drake");
    Map<String, Object> request = app.request(USUAL);
    request.put("code_challenge_method", "plain");
    isRefused(app.authorize(request), "invalid_request");
    request.remove("code_challenge_method");
    isRefused(app.authorize(request), "invalid_request");
    request.remove("code_challenge");
    isRefused(app.authorize(request), "invalid_request");
    request = app.request(USUAL);
    request.put("code_challenge", "short");
    isRefused(app.authorize(request), "invalid_request");
  }

  @Test
  void wantsAStateOfTheApp() {
    App app = App.of(Kind.PUBLIC).signIn("drake");
    Map<String, Object> request = app.request(USUAL);
    request.remove("state");

    assertThat(app.authorize(request).redirect()).containsEntry("error", "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.org/redirect",
        "https://app.example.org/redirect/more",
        "https://app.example.org.evil.example.org/redirect",
        "http://app.example.org/redirect",
        "https://app.example.org/redirect#fragment",
        ""
      })
  @DisplayName("no open redirect: an address that is not registered gets nothing at all")
  void redirectsOnlyToRegisteredAddresses(String address) {
    App app = App.of(Kind.PUBLIC).signIn("drake");
    Map<String, Object> request = app.request(USUAL);
    request.put("redirect_uri", address);

    Answer answer = app.authorize(request);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Location")).isEmpty();
  }

  @Test
  void tellsNothingAboutAnUnknownClient() {
    App app = App.of(Kind.PUBLIC).signIn("drake");
    Map<String, Object> request = app.request(USUAL);
    request.put("client_id", "unknown");

    Answer answer = app.authorize(request);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.response().body()).doesNotContain("Exception", "at dev.kiln");
  }

  @Test
  @DisplayName("a scope beyond the registration is invalid_scope, as is none and an unknown word")
  void refusesScopesBeyondTheRegistration() {
    App app = App.with(Kind.PUBLIC, "openid", "patient/Patient.rs").signIn("drake");

    isRefused(app.authorize(app.request("patient/*.rs")), "invalid_scope");
    isRefused(app.authorize(app.request("patient/Patient.cruds")), "invalid_scope");
    isRefused(app.authorize(app.request("system/Patient.rs")), "invalid_scope");
    isRefused(app.authorize(app.request("offline_access")), "invalid_scope");
    isRefused(app.authorize(app.request("made_up")), "invalid_scope");
    isRefused(app.authorize(app.request("")), "invalid_scope");
    assertThat(app.pending(app.request("patient/Patient.r"))).isNotBlank();
  }

  @Test
  @DisplayName("scopes 140: a person's roles are the most that an app gets")
  void grantsNoMoreThanTheRoles() {
    App app = App.of(Kind.PUBLIC);
    Answer token = app.launch("rita", "openid fhirUser user/*.cruds");

    assertThat(scopes(token))
        .contains("openid", "fhirUser", "user/Patient.crus", "user/Slot.rus", "user/Schedule.rs")
        .noneMatch(scope -> scope.startsWith("user/*") || scope.startsWith("user/Condition"));
    assertThat(Scopes.resources(scopes(token)))
        .noneMatch(scope -> scope.interactions().contains(SmartScope.Interaction.DELETE));
    assertThat(token.json()).doesNotContainKeys("patient", "refresh_token");
  }

  @Test
  @DisplayName(
      "g10_smart_v1_scopes: asked in version 1, granted in it where the roles allow all of it")
  void understandsVersion1() {
    App app = App.of(Kind.PUBLIC);
    Answer token = app.launch("drake", "launch/patient patient/*.read patient/Observation.write");

    assertThat(scopes(token))
        .containsExactlyInAnyOrder("launch/patient", "patient/*.read", "patient/Observation.cu");
    assertThat(grant(token).scopes())
        .containsExactlyInAnyOrder(
            SmartScope.of("patient/*.rs").orElseThrow(),
            SmartScope.of("patient/Observation.cu").orElseThrow());
  }

  @Test
  @DisplayName("g10 granular: all asked category scopes are granted, with commas, nothing wider")
  void grantsGranularScopes() {
    String granular =
        "patient/Condition.rs?category=http://terminology.hl7.org/CodeSystem/condition-category|"
            + "encounter-diagnosis patient/Observation.r?category=a,b patient/Observation.s?code=c";
    App app = App.of(Kind.PUBLIC);
    Answer token = app.launch("drake", "launch/patient " + granular);

    assertThat(scopes(token)).isEqualTo(Scopes.split("launch/patient " + granular));
  }

  @Test
  @DisplayName("a patient who can choose nobody else is in context without being asked")
  void choosesThePatientThemselves() {
    App app = App.of(Kind.PUBLIC).signIn("alba");
    PendingAuthorization own = app.pending(app.pending(app.request(USUAL)), "alba");
    assertThat(own.patient()).isEqualTo("alba");

    App proxy = App.of(Kind.PUBLIC).signIn("nora");
    assertThat(proxy.pending(proxy.pending(proxy.request(USUAL)), "nora").patient()).isNull();
    assertThat(proxy.launch("nora", USUAL).get("patient")).isEqualTo("child");
  }

  @Test
  @DisplayName("pitfall 15; scopes 136, 139: nobody chooses a patient whom they may not")
  void refusesAForeignPatient() {
    App app = App.of(Kind.PUBLIC).signIn("nora");
    String state = app.pending(app.request(USUAL));
    PendingAuthorizations pending = server.bean(PendingAuthorizations.class);

    assertThat(pending.choosePatient(state, server.account("nora"), "alba")).isFalse();
    assertThat(pending.choosePatient(state, server.account("nora"), "unknown")).isFalse();
    assertThat(pending.choosePatient(state, server.account("drake"), "alba")).isFalse();
    assertThat(pending.of(state, server.account("drake"))).isEmpty();
    assertThat(app.pending(state, "nora").patient()).isNull();
  }

  @Test
  @DisplayName("no token for one patient without a patient")
  void grantsNoPatientScopeWithoutAPatient() {
    App app = App.of(Kind.PUBLIC).signIn("drake");
    String state = app.pending(app.request("patient/*.rs"));

    isRefused(app.consent(state, List.of("patient/*.rs")), "access_denied");
  }

  @Test
  @DisplayName("scopes 149, 164: no context where none was asked for")
  void givesNoContextUnasked() {
    Answer token = App.of(Kind.PUBLIC).launch("drake", "openid user/Patient.rs");

    assertThat(token.json())
        .doesNotContainKeys(
            "patient", "encounter", "need_patient_banner", "intent", "smart_style_url");
  }

  @Test
  @DisplayName("no open redirect by a made-up Host header")
  void redirectsByTheIssuer() throws IOException {
    String query = Http.encoded(App.of(Kind.PUBLIC).request(USUAL));
    URI address = URI.create(server.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /oauth2/authorize?"
                      + query
                      + " HTTP/1.1\r\nHost: evil.example.org\r\n"
                      + "Connection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).contains("Location: " + server.address() + "/sign-in");
    }
  }
}

package dev.kiln.auth.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.AccessTokens.Grant;
import dev.kiln.auth.PendingAuthorization;
import dev.kiln.auth.PendingAuthorizations;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.secret.Secrets;
import dev.kiln.testing.App;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An app that is opened out of a record. */
class EhrLaunchTest {

  private static final String USUAL = "launch openid fhirUser offline_access patient/*.rs";

  private final Server server = Server.get();
  private final Launches launches = server.bean(Launches.class);

  private String open(App app, Launches.Context context) {
    return launches.open(server.account("drake"), app.clientId(), context);
  }

  private static Map<String, Object> request(App app, String scope, String launch) {
    Map<String, Object> request = app.request(scope);
    request.put("launch", launch);
    return request;
  }

  private static void isRefused(Answer answer) {
    assertThat(answer.redirect())
        .containsEntry("error", "invalid_request")
        .doesNotContainKey("code");
  }

  /** Whoever made it: a launch opens no chart that its person may not open. */
  @Test
  void aChartThatIsNotTheirsStaysClosed() {
    App app = App.of(Kind.PUBLIC);
    String launch =
        launches.open(server.account("alba"), app.clientId(), Launches.Context.of("wanda", null));
    app.signIn("alba");

    Answer answer = app.authorize(request(app, USUAL, launch));

    assertThat(answer.redirect()).containsEntry("error", "access_denied").doesNotContainKey("code");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName(
      "smart_launch_received, smart_app_redirect_stu2 (launch), smart_code_received,"
          + " smart_token_exchange_stu2_2, smart_token_response_body_stu2_2,"
          + " g10_encounter_context, g10 practitioner group extras; pitfalls 12 and 13")
  void launches(Kind kind) {
    App app = App.of(kind);
    Launches.Context context =
        new Launches.Context(
            "alba",
            "visit",
            "reconcile-medications",
            true,
            List.of(Map.of("reference", "ImagingStudy/1", "role", "https://example.org/study")));

    Answer token =
        app.token(app.exchange(app.code("drake", request(app, USUAL, open(app, context)))));

    assertThat(token.status()).isEqualTo(200);
    assertThat(token.json())
        .containsEntry("patient", "alba")
        .containsEntry("encounter", "visit")
        .containsEntry("intent", "reconcile-medications")
        .containsEntry("need_patient_banner", true)
        .containsEntry("smart_style_url", server.address() + "/.well-known/smart-style.json")
        .containsEntry(
            "fhirContext",
            List.of(Map.of("reference", "ImagingStudy/1", "role", "https://example.org/study")))
        .containsKeys("id_token", "refresh_token");
    Grant grant =
        server.bean(AccessTokens.class).grant((String) token.get("access_token")).orElseThrow();
    assertThat(grant.context()).isEqualTo(Map.of("patient", "alba", "encounter", "visit"));

    Answer refreshed = app.refresh((String) token.get("refresh_token"));
    assertThat(refreshed.json())
        .as("context survives a refresh")
        .containsEntry("patient", "alba")
        .containsEntry("encounter", "visit")
        .containsKeys("fhirContext", "intent", "smart_style_url");
  }

  @Test
  @DisplayName("g10_ehr_patient_launch_stu2_2, g10_patient_scope: only patient/Patient.rs")
  void launchesForThePatientOnly() {
    App app = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
    String scope = "launch openid fhirUser offline_access patient/Patient.rs";

    Answer token =
        app.token(
            app.exchange(
                app.code(
                    "drake", request(app, scope, open(app, Launches.Context.of("alba", null))))));

    assertThat(token.json())
        .containsEntry("patient", "alba")
        .containsEntry("need_patient_banner", false)
        .doesNotContainKey("encounter");
    assertThat((String) token.get("scope")).contains("patient/Patient.rs");
  }

  @Test
  @DisplayName("pitfall 12: a launch is good once")
  void takesALaunchOnce() {
    App app = App.of(Kind.PUBLIC);
    Map<String, Object> request = request(app, USUAL, open(app, Launches.Context.of("alba", null)));
    app.code("drake", request);

    isRefused(app.authorize(request));
  }

  @Test
  @DisplayName(
      "pitfall 12: a launch of another app, another person, an unknown, late or missing one")
  void refusesAForeignLaunch() {
    App app = App.of(Kind.PUBLIC).signIn("drake");
    String ofAnother = open(App.of(Kind.PUBLIC), Launches.Context.of("alba", null));
    isRefused(app.authorize(request(app, USUAL, ofAnother)));
    isRefused(app.authorize(request(app, USUAL, "unknown")));
    isRefused(app.authorize(app.request(USUAL)));
    Map<String, Object> twice = app.request(USUAL);
    twice.put("launch", List.of("a", "b"));
    isRefused(app.authorize(twice));

    String late = open(app, Launches.Context.of("alba", null));
    server
        .bean(AuthDatabase.class)
        .jdbc()
        .sql("update launch set expires = now() - interval '1 second' where handle_hash = ?")
        .param(Secrets.hash(late))
        .update();
    isRefused(app.authorize(request(app, USUAL, late)));

    String ofDrake = open(app, Launches.Context.of("alba", null));
    app.signIn("rita");
    isRefused(app.authorize(request(app, USUAL, ofDrake)));
    app.signIn("drake");
    assertThat(app.pending(request(app, USUAL, ofDrake))).isNotBlank();
  }

  @Test
  @DisplayName("the record decides whose it is; nobody changes the patient on the way")
  void keepsThePatientOfTheRecord() {
    App app = App.of(Kind.PUBLIC).signIn("drake");
    String state = app.pending(request(app, USUAL, open(app, Launches.Context.of("alba", null))));

    PendingAuthorization pending = app.pending(state, "drake");
    assertThat(pending.patient()).isEqualTo("alba");
    assertThat(pending.isStandalone()).isFalse();
    assertThat(
            server
                .bean(PendingAuthorizations.class)
                .choosePatient(state, server.account("drake"), "nora"))
        .isFalse();
    assertThat(app.pending(state, "drake").patient()).isEqualTo("alba");
  }

  @Test
  @DisplayName("scopes 177, 188: the rules of fhirContext")
  void checksFhirContext() {
    App app = App.of(Kind.PUBLIC);
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("type", "ImagingStudy"),
            Map.of("reference", "https://else.example.org/fhir/ImagingStudy/1"),
            Map.of("reference", "Patient/alba"),
            Map.of("reference", "Encounter/visit", "role", "launch"),
            Map.of("canonical", "relative"),
            Map.of("identifier", "text"),
            Map.of("reference", "ImagingStudy/1", "role", ""))) {
      assertThatThrownBy(
              () -> open(app, new Launches.Context("alba", null, null, false, List.of(wrong))))
          .as(wrong.toString())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(
            open(
                app,
                new Launches.Context(
                    "alba",
                    null,
                    null,
                    false,
                    List.of(
                        Map.of("reference", "Encounter/earlier", "role", "https://example.org/x"),
                        Map.of("canonical", "https://example.org/Questionnaire/1|2"),
                        Map.of("identifier", Map.of("value", "1"), "type", "ServiceRequest")))))
        .isNotBlank();
  }
}

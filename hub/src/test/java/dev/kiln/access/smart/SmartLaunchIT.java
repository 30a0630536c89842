package dev.kiln.access.smart;

import static dev.kiln.access.smart.Chart.ENCOUNTER;
import static dev.kiln.access.smart.Chart.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.SmartApp.Kind;
import dev.kiln.auth.launch.Launches;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole launches over HTTP, from the app's link through the pages to what the app then reads. */
class SmartLaunchIT {

  private static final String STANDALONE =
      "launch/patient openid fhirUser offline_access patient/*.rs";
  private static final String EHR = "launch openid fhirUser offline_access patient/*.rs";

  private static final RunningHub hub = RunningHub.get();
  private static Chart chart;

  @BeforeAll
  static void enter() throws IOException {
    chart = Chart.get();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName(
      "smart_standalone_launch_stu2_2: g10_patient_context, before and after a refresh;"
          + " g10_unauthorized_access, g10_public_standalone_launch, g10_asymmetric_launch")
  void launchesByItself(Kind kind) {
    SmartApp app = SmartApp.of(kind, STANDALONE);
    Token token = app.standalone(chart.drake, PATIENT, STANDALONE);
    assertThat(token.scopes()).isEqualTo(new TreeSet<>(List.of(STANDALONE.split(" "))));
    readsThePatient(token);

    Answer refused = hub.stranger().get("/fhir/Patient/" + PATIENT);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text()).doesNotContain("Smartalba");

    Token refreshed = app.refresh(token);
    assertThat(refreshed.text("access_token")).isNotEqualTo(token.text("access_token"));
    readsThePatient(refreshed);
    readsThePatient(token);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName(
      "smart_ehr_launch_stu2_2: g10_patient_context, g10_encounter_context, before and after a"
          + " refresh; need_patient_banner, smart_style_url")
  void launchesOutOfARecord(Kind kind) {
    SmartApp app = SmartApp.of(kind, EHR);
    Token token = app.ehr(chart.drake, Launches.Context.of(PATIENT, ENCOUNTER), EHR);
    assertThat(token.answer().path("need_patient_banner").isBoolean()).isTrue();
    Answer style = hub.stranger().get(token.text("smart_style_url"));
    assertThat(style.status()).isEqualTo(200);
    assertThat(style.json().has("color_text")).isTrue();
    for (Token one : List.of(token, app.refresh(token))) {
      readsThePatient(one);
      Answer encounter = one.http().get("/fhir/Encounter/" + one.text("encounter"));
      assertThat(encounter.status()).isEqualTo(200);
      assertThat(encounter.id()).isEqualTo(ENCOUNTER);
    }
  }

  @Test
  @DisplayName("g10_ehr_patient_launch_stu2_2, g10_patient_scope: nothing but the Patient")
  void launchesForThePatientAlone() {
    String scope = "launch openid fhirUser offline_access patient/Patient.rs";
    Token token =
        SmartApp.of(Kind.SYMMETRIC, scope)
            .ehr(chart.drake, Launches.Context.of(PATIENT, null), scope);
    assertThat(token.scopes()).contains("patient/Patient.rs");
    readsThePatient(token);
    assertThat(Chart.found(token.http(), "Patient")).containsExactly(PATIENT);
    assertThat(token.http().get("/fhir/Encounter/" + ENCOUNTER).status()).isEqualTo(403);
    assertThat(token.http().get("/fhir/Observation").status()).isEqualTo(403);
  }

  @Test
  @DisplayName("smart_openid_fhir_user_claim: whoever has signed in reads who that is")
  void readsWhoHasSignedIn() {
    Map<Person, String> people =
        Map.of(
            chart.drake,
            "Practitioner/smart-drake",
            chart.alba,
            "Patient/" + PATIENT,
            Person.with("proxy", "RelatedPerson/smart-nora"),
            "RelatedPerson/smart-nora");
    people.forEach(
        (person, who) -> {
          Token token =
              SmartApp.of(Kind.PUBLIC, STANDALONE).standalone(person, PATIENT, STANDALONE);
          String address = (String) token.idToken().getClaim("fhirUser");
          assertThat(address).isEqualTo(hub.base() + "/fhir/" + who);
          Answer read = token.http().get(address);
          assertThat(read.status()).as(who).isEqualTo(200);
          assertThat(read.json().path("resourceType").asText() + "/" + read.id()).isEqualTo(who);
          assertThat(token.text("patient")).isEqualTo(PATIENT);
        });
  }

  @Test
  @DisplayName("g10_smart_limited_app: without a patient scope there is nothing of the patient")
  void whoAllowsNothingIsReadNothingOf() {
    Token token =
        SmartApp.of(Kind.PUBLIC, STANDALONE)
            .standalone(
                chart.alba,
                PATIENT,
                STANDALONE,
                line -> !line.startsWith("patient/"),
                part -> false);
    assertThat(token.scopes())
        .isEqualTo(Set.of("fhirUser", "launch/patient", "offline_access", "openid"));
    assertThat(token.http().get("/fhir/Patient/" + PATIENT).status()).isEqualTo(403);
  }

  private static void readsThePatient(Token token) {
    Answer patient = token.http().get("/fhir/Patient/" + token.text("patient"));
    assertThat(patient.status()).as(patient.text()).isEqualTo(200);
    assertThat(patient.json().path("resourceType").asText()).isEqualTo("Patient");
    assertThat(patient.id()).isEqualTo(PATIENT);
  }
}

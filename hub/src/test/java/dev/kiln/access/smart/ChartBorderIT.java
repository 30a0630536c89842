package dev.kiln.access.smart;

import static dev.kiln.access.smart.Chart.OTHER;
import static dev.kiln.access.smart.Chart.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.SmartApp.Kind;
import dev.kiln.auth.launch.Launches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A launched token stays within the patient and the scopes that the person has allowed. */
class ChartBorderIT {

  private static final String NARROW =
      "openid fhirUser launch/patient patient/Patient.rs patient/Observation.crs";
  private static final String WIDE = "openid fhirUser launch patient/*.cruds";

  private static Http narrow;
  private static Http wide;

  @BeforeAll
  static void launch() throws IOException {
    Chart chart = Chart.get();
    narrow = SmartApp.of(Kind.PUBLIC, NARROW).standalone(chart.drake, PATIENT, NARROW).http();
    wide =
        SmartApp.of(Kind.SYMMETRIC, WIDE)
            .ehr(chart.drake, Launches.Context.of(PATIENT, null), WIDE)
            .http();
  }

  static List<Arguments> usCore() {
    return Chart.usCore();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("usCore")
  @DisplayName(
      "#patient-specific-scopes 136, 139: no search of any type finds another patient's, although"
          + " whoever has signed in may see them")
  void findsTheLaunchPatientsAlone(String type, String search, String expected) {
    assertThat(Chart.found(wide, type + "?_count=200&_id=" + expected)).containsExactly(expected);
    assertThat(Chart.found(wide, type + "?_count=200")).noneMatch(id -> id.contains("bert"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/smart-bert",
        "Encounter/smart-bert-visit",
        "Condition/smart-bert-diagnosis",
        "Observation/smart-bert-laboratory",
        "RelatedPerson/smart-bert-son"
      })
  @DisplayName("#patient-specific-scopes 136, 139: another patient's resources are not found")
  void readsTheLaunchPatientsAlone(String address) {
    assertThat(RunningHub.get().http().get("/fhir/" + address).status()).isEqualTo(200);
    assertThat(wide.get("/fhir/" + address).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("#patient-specific-scopes 136, 139: nor is anything written into another chart")
  void writesIntoTheChartOfTheLaunchAlone() {
    Answer own = wide.post("/fhir/Observation", observation(PATIENT, mark()));
    assertThat(own.status()).as(own.text()).isEqualTo(201);
    String mark = mark();
    assertThat(wide.post("/fhir/Observation", observation(OTHER, mark)).status()).isEqualTo(403);
    assertThat(stored(mark)).isZero();
    Answer moved =
        wide.put(
            "/fhir/Observation/" + own.id(),
            observation(OTHER, mark).replace("{\"res", "{\"id\":\"" + own.id() + "\",\"res"));
    assertThat(moved.status()).as(moved.text()).isEqualTo(403);
  }

  @Test
  @DisplayName("#batches-and-transactions 130: each entry of a batch is judged by itself")
  void judgesEachEntryOfABatch() {
    String mark = mark();
    List<String> answers =
        entries(
            "batch",
            get("Patient/" + PATIENT),
            get("Patient/" + OTHER),
            get("Observation?code=8867-4"),
            get("Observation?patient=" + OTHER),
            get("Condition/smart-problem-list-item"),
            get("Condition?patient=" + PATIENT),
            post("Observation", observation(PATIENT, mark)),
            post("Observation", observation(OTHER, mark)),
            post("Condition", condition(mark)));
    assertThat(answers)
        .containsExactly(
            "200 Patient", "404 ", "200 1", "200 0", "403 ", "403 ", "201 ", "403 ", "403 ");
    assertThat(stored(mark)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("forbiddenEntries")
  @DisplayName(
      "#batches-and-transactions 130: one write beyond the scopes fails the transaction whole")
  void failsATransactionWhole(String entry) {
    String mark = mark();
    Answer answer =
        narrow.post(
            "/fhir",
            bundle(
                "transaction",
                post("Observation", observation(PATIENT, mark)),
                entry.replace("MARK", mark)));
    assertThat(answer.status()).as(answer.text()).isIn(403, 404);
    assertThat(stored(mark)).isZero();
  }

  static List<String> forbiddenEntries() {
    return List.of(
        post("Condition", condition("MARK")),
        post("Observation", observation(OTHER, "MARK")),
        "{\"request\":{\"method\":\"DELETE\",\"url\":\"Observation/smart-survey\"}}",
        "{\"request\":{\"method\":\"DELETE\",\"url\":\"Observation/smart-bert-laboratory\"}}");
  }

  /** HAPI reads when all has been written, and answers each reading entry by itself. */
  @Test
  @DisplayName("#batches-and-transactions 130: what a transaction reads is judged by itself")
  void judgesEachReadOfATransaction() {
    assertThat(
            entries(
                "transaction",
                get("Patient/" + PATIENT),
                get("Condition/smart-problem-list-item"),
                get("Patient/" + OTHER),
                get("Observation?patient=" + OTHER)))
        .containsExactly("200 Patient", "403 ", "404 ", "200 0");
  }

  @Test
  @DisplayName("#batches-and-transactions 130: within the scopes a transaction succeeds")
  void carriesOutATransactionWithinTheScopes() {
    String mark = mark();
    assertThat(
            entries(
                "transaction",
                post("Observation", observation(PATIENT, mark)),
                get("Patient/" + PATIENT)))
        .containsExactly("201 ", "200 Patient");
    assertThat(stored(mark)).isEqualTo(1);
  }

  @Test
  @DisplayName("#user-level-scopes 140: what the person's role does not allow, the app may not")
  void isNoMoreThanThePerson() throws IOException {
    String scope = "openid fhirUser launch user/*.cruds";
    Token token =
        SmartApp.of(Kind.SYMMETRIC, scope)
            .ehr(
                Person.with("receptionist", "Practitioner/smart-drake"),
                Launches.Context.of(PATIENT, null),
                scope);
    assertThat(token.scopes()).doesNotContain("user/*.cruds");
    assertThat(token.http().get("/fhir/Patient/" + PATIENT).status()).isEqualTo(200);
    assertThat(token.http().get("/fhir/Observation?patient=" + PATIENT).status()).isEqualTo(403);
    assertThat(token.http().get("/fhir/Condition/smart-problem-list-item").status()).isEqualTo(403);
    assertThat(token.http().delete("/fhir/Patient/" + PATIENT).status()).isEqualTo(403);
  }

  @Test
  @DisplayName("#system-level-scopes 142, #enforce-authorization 247: a service within its scopes")
  void aServiceHasItsScopesAlone() {
    Token token = SmartApp.service("system/*.rs").ofItself("system/Patient.rs");
    assertThat(token.scopes()).isEqualTo(Set.of("system/Patient.rs"));
    assertThat(token.text("token_type")).isEqualToIgnoringCase("bearer");
    assertThat(token.answer().path("expires_in").asInt()).isBetween(1, 300);
    assertThat(token.answer().has("refresh_token")).isFalse();
    assertThat(Chart.found(token.http(), "Patient?_id=smart-alba,smart-bert"))
        .containsExactly(PATIENT, OTHER);
    assertThat(token.http().get("/fhir/Patient/" + OTHER).status()).isEqualTo(200);
    assertThat(token.http().get("/fhir/Observation?patient=" + PATIENT).status()).isEqualTo(403);
    assertThat(token.http().put("/fhir/Patient/" + OTHER, "{}").status()).isIn(400, 403);
    assertThat(token.http().delete("/fhir/Patient/" + OTHER).status()).isEqualTo(403);
  }

  /** Of each entry the status, and the type or number of what it brings. */
  private static List<String> entries(String type, String... entries) {
    Answer answer = narrow.post("/fhir", bundle(type, entries));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).doesNotContain("Smartbert");
    List<String> seen = new ArrayList<>();
    for (JsonNode entry : answer.json().path("entry")) {
      String brought = entry.at("/resource/resourceType").asText();
      boolean isSearch = brought.equals("Bundle");
      String what = isSearch ? "" + entry.at("/resource/entry").size() : brought;
      String status = entry.at("/response/status").asText().substring(0, 3);
      seen.add(status + " " + (status.equals("200") ? what : ""));
    }
    return seen;
  }

  private static String bundle(String type, String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\""
        + type
        + "\",\"entry\":["
        + String.join(",", entries)
        + "]}";
  }

  private static String get(String url) {
    return "{\"request\":{\"method\":\"GET\",\"url\":\"" + url + "\"}}";
  }

  private static String post(String type, String resource) {
    return "{\"request\":{\"method\":\"POST\",\"url\":\""
        + type
        + "\"},\"resource\":"
        + resource
        + "}";
  }

  private static String observation(String patient, String mark) {
    return """
        {"resourceType":"Observation","status":"final","code":{"text":"border"},
        "identifier":[{"system":"urn:border","value":"%s"}],"subject":{"reference":"Patient/%s"}}"""
        .formatted(mark, patient);
  }

  private static String condition(String mark) {
    return """
        {"resourceType":"Condition","identifier":[{"system":"urn:border","value":"%s"}],
        "subject":{"reference":"Patient/%s"}}"""
        .formatted(mark, PATIENT);
  }

  private static String mark() {
    return UUID.randomUUID().toString();
  }

  /** How many resources of that mark the store has. */
  private static int stored(String mark) {
    int number = 0;
    for (String type : new String[] {"Observation", "Condition"}) {
      number +=
          Chart.found(RunningHub.get().http(), type + "?identifier=urn:border%7C" + mark).size();
    }
    return number;
  }
}

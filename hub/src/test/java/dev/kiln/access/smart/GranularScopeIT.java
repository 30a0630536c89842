package dev.kiln.access.smart;

import static dev.kiln.access.smart.Chart.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.SmartApp.Kind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scopes of categories, as US Core defines them in two groups, on the API. */
class GranularScopeIT {

  private static final String CONDITION =
      "http://terminology.hl7.org/CodeSystem/condition-category|";
  private static final String OBSERVATION =
      "http://terminology.hl7.org/CodeSystem/observation-category|";
  private static final String US_CORE = "http://hl7.org/fhir/us/core/CodeSystem/";
  private static final String IDENTITY = "openid fhirUser launch/patient patient/Patient.rs ";

  /**
   * One of the two sets of granted categories.
   *
   * @param token with its scopes alone
   */
  private record Group(String name, List<String> scopes, Token token) {

    Set<String> categories(String type) {
      return scopes.stream()
          .filter(scope -> scope.startsWith("patient/" + type + "."))
          .map(scope -> scope.substring(scope.indexOf('=') + 1))
          .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Token whole;
  private static List<Group> groups;

  @BeforeAll
  static void launch() throws IOException {
    Chart chart = Chart.get();
    String all = IDENTITY + "patient/Condition.rs patient/Observation.rs";
    whole = SmartApp.of(Kind.PUBLIC, all).standalone(chart.alba, PATIENT, all);
    groups =
        List.of(
            group(
                chart,
                "group 1",
                "patient/Condition.rs?category=" + CONDITION + "encounter-diagnosis",
                "patient/Condition.rs?category=" + US_CORE + "condition-category|health-concern",
                "patient/Observation.rs?category=" + OBSERVATION + "laboratory",
                "patient/Observation.rs?category=" + OBSERVATION + "social-history"),
            group(
                chart,
                "group 2",
                "patient/Condition.rs?category=" + CONDITION + "problem-list-item",
                "patient/Observation.rs?category=" + OBSERVATION + "vital-signs",
                "patient/Observation.rs?category=" + OBSERVATION + "survey",
                "patient/Observation.rs?category=" + US_CORE + "us-core-category|sdoh"));
  }

  private static Group group(Chart chart, String name, String... scopes) {
    String asked = IDENTITY + String.join(" ", scopes);
    return new Group(
        name,
        List.of(scopes),
        SmartApp.of(Kind.SYMMETRIC, asked).standalone(chart.alba, PATIENT, asked));
  }

  @Test
  @DisplayName(
      "us_core_granted_granular_scopes: each category that was asked for, no type as a whole")
  void areGrantedAsTheyWereAsked() {
    for (Group group : groups) {
      assertThat(resources(group.token())).isEqualTo(new TreeSet<>(group.scopes()));
    }
  }

  @Test
  @DisplayName(
      "g10_smart_granular_scope_selection: the person chooses parts of what was asked for, and"
          + " only they are open")
  void areChosenByThePerson() throws IOException {
    String all = IDENTITY + "offline_access patient/Condition.rs patient/Observation.rs";
    SmartApp app = SmartApp.of(Kind.PUBLIC, all);
    Set<String> chosen = new TreeSet<>(groups.get(0).scopes());
    Token token = app.standalone(Chart.get().alba, PATIENT, all, line -> true, chosen::contains);
    assertThat(token.scopes()).contains("patient/Patient.rs");
    for (Token one : List.of(token, app.refresh(token))) {
      assertThat(resources(one)).isEqualTo(chosen);
      assertThat(Chart.found(one.http(), "Condition"))
          .containsExactlyInAnyOrder("smart-encounter-diagnosis", "smart-health-concern");
      assertThat(Chart.found(one.http(), "Observation"))
          .containsExactlyInAnyOrder("smart-laboratory", "smart-social-history");
    }
  }

  /**
   * The searches of US Core 6.1.0 for both types, those that it demands and those that it advises.
   */
  static Stream<Arguments> searches() {
    List<String> searches = new ArrayList<>();
    String condition = "Condition?patient=" + PATIENT;
    String observation = "Observation?patient=" + PATIENT;
    searches.add(condition);
    for (String more :
        List.of(
            "&recorded-date=ge2024-01-01",
            "&onset-date=ge2024-01-01",
            "&clinical-status=active",
            "&code=http://snomed.info/sct|38341003")) {
      searches.add(condition + more);
    }
    for (String category :
        List.of("encounter-diagnosis", "health-concern", CONDITION + "problem-list-item")) {
      searches.add(condition + "&category=" + category);
      searches.add(condition + "&category=" + category + "&clinical-status=active");
      searches.add(condition + "&category=" + category + "&encounter=Encounter/smart-visit");
    }
    for (String category :
        List.of("laboratory", "social-history", "vital-signs", "survey", "sdoh")) {
      searches.add(observation + "&category=" + category);
      searches.add(observation + "&category=" + category + "&date=ge2024-01-01");
      searches.add(observation + "&category=" + category + "&status=final,amended");
    }
    for (String code : List.of("2951-2", "72166-2", "8867-4", "44249-1", "71802-3")) {
      searches.add(observation + "&code=" + code);
      searches.add(observation + "&code=http://loinc.org|" + code + "&date=2024-03-04");
    }
    searches.add(observation + "&code=2951-2,8867-4");
    return searches.stream()
        .flatMap(search -> Stream.of(0, 1).map(group -> Arguments.of(group, search)));
  }

  @ParameterizedTest(name = "group {0}, {1}")
  @MethodSource("searches")
  @DisplayName(
      "granular search: the ids of the same search with the whole type, filtered by the scopes")
  void findNothingOutside(int number, String search) {
    Group group = groups.get(number);
    String encoded = search.replace("|", URLEncoder.encode("|", StandardCharsets.UTF_8));
    Answer all = whole.http().get("/fhir/" + encoded);
    assertThat(all.status()).isEqualTo(200);
    Set<String> within = new TreeSet<>();
    for (JsonNode entry : all.json().path("entry")) {
      if (isOf(group, entry.path("resource"))) {
        within.add(entry.at("/resource/id").asText());
      }
    }
    assertThat(all.json().path("entry")).as("what the search finds at all").isNotEmpty();
    assertThat(Chart.found(group.token().http(), encoded)).isEqualTo(within);
    String[] parts = encoded.split("\\?", 2);
    Answer posted =
        group
            .token()
            .http()
            .post(
                "/fhir/" + parts[0] + "/_search",
                parts[1],
                "Content-Type",
                "application/x-www-form-urlencoded");
    assertThat(posted.status()).isEqualTo(200);
    assertThat(posted.json().path("entry")).hasSize(within.size());
    assertThat(
            group.token().http().get("/fhir/" + encoded + "&_summary=count").json().path("total"))
        .hasToString(String.valueOf(within.size()));
  }

  @ParameterizedTest
  @MethodSource("resources")
  @DisplayName("granular read: one of a granted category is read, one outside is not found")
  void readNothingOutside(String address) {
    JsonNode resource = RunningHub.get().http().get("/fhir/" + address).json();
    for (Group group : groups) {
      Answer read = group.token().http().get("/fhir/" + address);
      assertThat(read.status()).as(group.name()).isEqualTo(isOf(group, resource) ? 200 : 404);
    }
    assertThat(groups).as("is in one of them").anyMatch(group -> isOf(group, resource));
  }

  static List<String> resources() {
    return List.of(
        "Condition/smart-problem-list-item",
        "Condition/smart-encounter-diagnosis",
        "Condition/smart-health-concern",
        "Observation/smart-laboratory",
        "Observation/smart-social-history",
        "Observation/smart-vital-signs",
        "Observation/smart-survey",
        "Observation/smart-sdoh");
  }

  @Test
  @DisplayName("granular read: of somebody else's chart nothing, whatever its category")
  void readNothingOfOthers() {
    for (String address :
        List.of("Condition/smart-bert-diagnosis", "Observation/smart-bert-laboratory")) {
      assertThat(groups.get(0).token().http().get("/fhir/" + address).status()).isEqualTo(404);
    }
    assertThat(Chart.found(groups.get(0).token().http(), "Observation?patient=" + Chart.OTHER))
        .isEmpty();
  }

  /** By the JSON of the resource alone. */
  private static boolean isOf(Group group, JsonNode resource) {
    for (JsonNode category : resource.path("category")) {
      for (JsonNode coding : category.path("coding")) {
        if (group
            .categories(resource.path("resourceType").asText())
            .contains(coding.path("system").asText() + "|" + coding.path("code").asText())) {
          return true;
        }
      }
    }
    return false;
  }

  /** The scopes for both types. */
  private static Set<String> resources(Token token) {
    Set<String> scopes = token.scopes();
    scopes.removeIf(scope -> !scope.matches("patient/(Condition|Observation|\\*)\\..*"));
    return scopes;
  }
}

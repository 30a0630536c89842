package dev.kiln.fhir.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random charts and random scopes. What the API reads, finds, counts and pages is compared with
 * what a judge allows that knows nothing of the enforcement: it looks at the JSON of every resource
 * by tables of its own.
 */
class GeneratedScopesIT {

  private static final RunningHub hub = RunningHub.get();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Random random = new Random(20261127);
  private static final String TAG = UUID.randomUUID().toString();
  private static final List<String> TYPES =
      List.of(
          "Patient",
          "Observation",
          "Condition",
          "AllergyIntolerance",
          "Encounter",
          "Appointment",
          "Practitioner");

  /** Elements that place a resource of the type into a chart. */
  private static final Map<String, List<String>> OWNERS =
      Map.of(
          "Observation", List.of("/subject", "/performer/0", "/performer/1"),
          "Condition", List.of("/subject", "/asserter"),
          "AllergyIntolerance", List.of("/patient", "/recorder", "/asserter"),
          "Encounter", List.of("/subject"),
          "Appointment", List.of("/participant/0/actor", "/participant/1/actor"));

  /** Elements that a search parameter of the type looks at. */
  private static final Map<String, String> CODED =
      Map.of(
          "Observation category", "/category/0/coding",
          "Observation code", "/code/coding",
          "Condition category", "/category/0/coding",
          "Condition code", "/code/coding",
          "AllergyIntolerance category", "/none",
          "AllergyIntolerance code", "/code/coding");

  private static final List<String> CATEGORIES = List.of("red", "green", "blue");
  private static final List<String> SYSTEMS = List.of("urn:one", "urn:two");

  private static final Map<String, JsonNode> stored = new TreeMap<>();
  private static List<String> patients = new ArrayList<>();

  @BeforeAll
  static void charts() {
    for (int i = 0; i < 4; i++) {
      patients.add(keep("Patient", ""));
    }
    for (int i = 0; i < 70; i++) {
      String type = TYPES.get(1 + random.nextInt(TYPES.size() - 1));
      keep(type, elements(type));
    }
  }

  @Test
  void theApiGivesExactlyWhatTheJudgeAllows() {
    int found = 0;
    for (int i = 0; i < 60; i++) {
      Caller caller = caller();
      Http client = hub.as(caller);
      for (String type : TYPES) {
        found += searches(caller, client, type);
        reads(caller, client, type);
      }
    }
    assertThat(found).as("the cases are not all empty").isGreaterThan(300);
  }

  private static int searches(Caller caller, Http client, String type) {
    String query = "_tag=" + TAG;
    Predicate<JsonNode> asked = resource -> true;
    String coded = CODED.get(type + " code");
    if (coded != null && random.nextInt(3) == 0) {
      String token = token();
      query += "&code=" + token.replace("|", "%7C");
      asked = resource -> has(resource.at(coded), token);
    }
    Set<String> allowed = allowed(caller, type, 's', asked);
    Answer page = client.get("/fhir/" + type + "?" + query + "&_count=7&_total=accurate");
    String what = caller + " " + type + "?" + query;
    if (!opens(caller, type, 's')) {
      assertThat(page.status()).as(what).isEqualTo(403);
      return 0;
    }
    assertThat(page.status()).as(what + page.text()).isEqualTo(200);
    assertThat(page.json().path("total").asInt()).as("total of " + what).isEqualTo(allowed.size());
    assertThat(
            client
                .post(
                    "/fhir/" + type + "/_search",
                    query + "&_summary=count",
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .json()
                .path("total")
                .asInt())
        .as("count of " + what)
        .isEqualTo(allowed.size());
    List<String> seen = new ArrayList<>();
    while (true) {
      page.json().path("entry").forEach(entry -> seen.add(entry.at("/resource/id").asText()));
      String next = next(page);
      if (next == null) {
        break;
      }
      page = client.get(next);
    }
    assertThat(seen).as(what).containsExactlyInAnyOrderElementsOf(allowed);
    return seen.size();
  }

  private static void reads(Caller caller, Http client, String type) {
    Set<String> allowed = allowed(caller, type, 'r', resource -> true);
    for (JsonNode resource : stored.values()) {
      if (resource.path("resourceType").asText().equals(type)) {
        String id = resource.path("id").asText();
        int expected = allowed.contains(id) ? 200 : opens(caller, type, 'r') ? 404 : 403;
        assertThat(client.get("/fhir/" + type + "/" + id).status())
            .as(caller + " reads " + resource)
            .isEqualTo(expected);
      }
    }
  }

  private static Set<String> allowed(
      Caller caller, String type, char letter, Predicate<JsonNode> asked) {
    return stored.values().stream()
        .filter(resource -> resource.path("resourceType").asText().equals(type))
        .filter(asked)
        .filter(
            resource ->
                caller.permissions().stream()
                    .anyMatch(
                        scope ->
                            opens(caller, scope, type, letter)
                                && isOwn(caller, scope, resource)
                                && scope.query().stream().allMatch(q -> meets(resource, q))))
        .map(resource -> resource.path("id").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean opens(Caller caller, String type, char letter) {
    return caller.permissions().stream().anyMatch(scope -> opens(caller, scope, type, letter));
  }

  private static boolean opens(Caller caller, Permission scope, String type, char letter) {
    String text = scope.toString().split("\\?")[0];
    String[] parts = text.split("[/.]");
    boolean level =
        switch (parts[0]) {
          case "patient" -> !caller.isSystem() && caller.patient() != null;
          case "user" -> !caller.isSystem();
          default -> caller.isSystem();
        };
    return level
        && (parts[1].equals("*") || parts[1].equals(type))
        && parts[2].indexOf(letter) >= 0
        && scope.query().stream()
            .allMatch(
                condition ->
                    CODED.containsKey(type + " " + condition.split("=")[0])
                        && !condition.contains("=|")
                        && !condition.contains(",|"));
  }

  private static boolean isOwn(Caller caller, Permission scope, JsonNode resource) {
    String type = resource.path("resourceType").asText();
    if (!scope.toString().startsWith("patient/") || type.equals("Practitioner")) {
      return true;
    }
    if (type.equals("Patient")) {
      return resource.path("id").asText().equals(caller.patient());
    }
    return OWNERS.get(type).stream()
        .anyMatch(
            where ->
                resource.at(where + "/reference").asText().equals("Patient/" + caller.patient()));
  }

  private static boolean meets(JsonNode resource, String condition) {
    String[] parts = condition.split("=", 2);
    String where = CODED.get(resource.path("resourceType").asText() + " " + parts[0]);
    return List.of(parts[1].split(",")).stream().anyMatch(t -> has(resource.at(where), t));
  }

  /** https://hl7.org/fhir/R4/search.html#token */
  private static boolean has(JsonNode codings, String token) {
    for (JsonNode coding : codings) {
      String system = coding.path("system").asText("");
      String code = coding.path("code").asText();
      int bar = token.indexOf('|');
      if (bar < 0
          ? token.equals(code)
          : system.equals(token.substring(0, bar))
              && (bar == token.length() - 1 || code.equals(token.substring(bar + 1)))) {
        return true;
      }
    }
    return false;
  }

  private static Caller caller() {
    int kind = random.nextInt(4);
    String level = kind < 2 ? "patient" : kind == 2 ? "user" : "system";
    List<String> scopes = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      String type = random.nextInt(4) == 0 ? "*" : one(TYPES);
      scopes.add(
          (random.nextInt(9) == 0 ? "user" : level)
              + "/"
              + type
              + "."
              + one(List.of("r", "s", "rs", "rs", "rs"))
              + query());
    }
    String[] all = scopes.toArray(String[]::new);
    return switch (kind) {
      case 0, 1 -> Scopes.ofPatient(one(patients), all);
      case 2 -> Scopes.ofUser(all);
      default -> Scopes.ofSystem(all);
    };
  }

  private static String query() {
    return switch (random.nextInt(6)) {
      case 0 -> "?category=" + token();
      case 1 -> "?code=" + token();
      case 2 -> "?category=" + token() + "," + token();
      case 3 -> "?category=" + one(CATEGORIES) + "&code=" + token();
      default -> "";
    };
  }

  private static String token() {
    String code = one(CATEGORIES);
    return switch (random.nextInt(4)) {
      case 0 -> one(SYSTEMS) + "|" + code;
      case 1 -> "|" + code;
      case 2 -> one(SYSTEMS) + "|";
      default -> code;
    };
  }

  private static String elements(String type) {
    return switch (type) {
      case "Observation" ->
          "\"status\":\"final\",\"category\":[%s],\"code\":%s,\"subject\":%s%s"
              .formatted(
                  concept(),
                  concept(),
                  reference(),
                  random.nextInt(3) == 0
                      ? ",\"performer\":[" + reference() + "," + reference() + "]"
                      : "");
      case "Condition" ->
          "\"category\":[%s],\"code\":%s,\"subject\":%s,\"asserter\":%s"
              .formatted(concept(), concept(), reference(), reference());
      case "AllergyIntolerance" ->
          """
          "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},
          "code":%s,"patient":%s,"recorder":%s"""
              .formatted(concept(), reference(), reference());
      case "Encounter" ->
          """
          "status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},"subject":%s"""
              .formatted(reference());
      case "Appointment" ->
          """
          "status":"proposed","participant":[{"actor":%s,"status":"accepted"},{"actor":%s,"status":"accepted"}]"""
              .formatted(reference(), reference());
      default -> "\"active\":true";
    };
  }

  private static String concept() {
    String system = random.nextInt(3) == 0 ? "" : "\"system\":\"" + one(SYSTEMS) + "\",";
    return "{\"coding\":[{%s\"code\":\"%s\"}]}".formatted(system, one(CATEGORIES));
  }

  private static String reference() {
    return "{\"reference\":\"Patient/" + one(patients) + "\"}";
  }

  private static String keep(String type, String elements) {
    String tagged =
        "\"meta\":{\"tag\":[{\"system\":\"urn:test\",\"code\":\""
            + TAG
            + "\"}]}"
            + (elements.isEmpty() ? "" : "," + elements);
    String id = Ward.create(type, tagged);
    try {
      stored.put(
          type + "/" + id,
          JSON.readTree("{\"resourceType\":\"%s\",\"id\":\"%s\",%s}".formatted(type, id, tagged)));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return id;
  }

  private static String next(Answer page) {
    for (JsonNode link : page.json().path("link")) {
      if ("next".equals(link.path("relation").asText())) {
        return link.path("url").asText();
      }
    }
    return null;
  }

  private static <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}

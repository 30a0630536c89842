package dev.kiln.fhir.access;

import static dev.kiln.fhir.access.ScopeIT.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a token may write, and that what it may not write is not stored. */
class WritesIT {

  private static final RunningHub hub = RunningHub.get();
  private static final String PATCH = "application/json-patch+json";

  private String anna;
  private String bert;
  private String annas;
  private String berts;
  private Http app;

  @BeforeEach
  void ward() {
    anna = Ward.patient("Writeanna");
    bert = Ward.patient("Writebert");
    annas = Ward.observation(anna, "vital-signs", "8867-4");
    berts = Ward.observation(bert, "vital-signs", "8867-4");
    app = hub.as(Scopes.ofPatient(anna, "patient/*.cruds"));
  }

  @Test
  void intoTheOwnChart() {
    Answer created = app.post("/fhir/Observation", of(anna));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String path = "/fhir/Observation/" + created.id();
    Answer updated = app.put(path, of(anna, created.id()));
    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    Answer patched = patch(app, path, "replace", "/status", "\"amended\"");
    assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    assertThat(app.delete(path).status()).isIn(200, 204);
    assertThat(Ward.all.get(path).status()).isEqualTo(410);
  }

  @Test
  void intoAnothersChart() {
    int before = count(bert);
    assertThat(app.post("/fhir/Observation", of(bert)).status()).isEqualTo(403);
    String byMe = ",\"performer\":[{\"reference\":\"Patient/" + anna + "\"}]";
    assertThat(
            app.post("/fhir/Observation", Ward.observationJson(bert, "vital-signs", "8867-4", byMe))
                .status())
        .as("in both charts by its performer")
        .isEqualTo(403);
    assertThat(count(bert)).isEqualTo(before);
    String absent =
        outcome(app.put("/fhir/Observation/absent-one", of(anna, "absent-one")), "absent-one");
    assertThat(absent).startsWith("404");
    for (String subject : List.of(anna, bert)) {
      assertThat(outcome(app.put("/fhir/Observation/" + berts, of(subject, berts)), berts))
          .isEqualTo(absent);
    }
    assertThat(
            outcome(
                app.put("/fhir/Observation/" + berts, of(anna, berts), "If-Match", "W/\"99\""),
                berts))
        .isEqualTo(absent);
    assertThat(
            outcome(
                patch(app, "/fhir/Observation/" + berts, "replace", "/status", "\"amended\""),
                berts))
        .isEqualTo(
            outcome(
                patch(app, "/fhir/Observation/absent-one", "replace", "/status", "\"amended\""),
                "absent-one"));
    assertThat(outcome(app.delete("/fhir/Observation/" + berts), berts))
        .isEqualTo(outcome(app.delete("/fhir/Observation/absent-one"), "absent-one"));
    assertThat(Ward.all.get("/fhir/Observation/" + berts).json().at("/meta/versionId").asText())
        .isEqualTo("1");
  }

  @Test
  void nothingIsMovedOutOfAChart() {
    String path = "/fhir/Observation/" + annas;
    assertThat(app.put(path, of(bert, annas)).status()).isEqualTo(403);
    assertThat(
            patch(app, path, "replace", "/subject/reference", "\"Patient/" + bert + "\"").status())
        .isEqualTo(403);
    assertThat(patch(app, path, "remove", "/subject", null).status()).isEqualTo(403);
    assertThat(Ward.all.get(path).json().at("/subject/reference").asText())
        .isEqualTo("Patient/" + anna);
    assertThat(Ward.all.get(path).json().at("/meta/versionId").asText()).isEqualTo("1");
  }

  @Test
  void eachInteractionWantsItsLetter() {
    Http reader = hub.as(Scopes.ofPatient(anna, "patient/*.rs"));
    Http creator = hub.as(Scopes.ofPatient(anna, "patient/Observation.c"));
    Http updater = hub.as(Scopes.ofPatient(anna, "patient/Observation.u"));
    String path = "/fhir/Observation/" + annas;
    assertThat(reader.post("/fhir/Observation", of(anna)).issues())
        .contains("patient/Observation.c");
    assertThat(reader.put(path, of(anna, annas)).issues()).contains("patient/Observation.u");
    assertThat(reader.delete(path).issues()).contains("patient/Observation.d");
    assertThat(patch(reader, path, "replace", "/status", "\"amended\"").status()).isEqualTo(403);
    assertThat(creator.put(path, of(anna, annas)).status()).isEqualTo(403);
    assertThat(creator.put("/fhir/Observation/new-one", of(anna, "new-one")).status())
        .isEqualTo(403);
    assertThat(creator.post("/fhir/Observation", of(anna)).status()).isEqualTo(201);
    assertThat(updater.post("/fhir/Observation", of(anna)).status()).isEqualTo(403);
    assertThat(updater.delete(path).status()).isEqualTo(403);
    Answer blind = patch(updater, path, "replace", "/status", "\"amended\"");
    assertThat(blind.status()).as(blind.text()).isEqualTo(200);
    assertThat(blind.text()).as("who may not read is not shown the rest").doesNotContain("8867-4");
  }

  @Test
  void granularScopesHoldForBothVersions() {
    Http narrow = hub.as(Scopes.ofPatient(anna, "patient/Observation.cruds?category=vital-signs"));
    String sodium = Ward.observation(anna, "laboratory", "2951-2");
    assertThat(
            narrow
                .post("/fhir/Observation", Ward.observationJson(anna, "laboratory", "2951-2", ""))
                .status())
        .isEqualTo(403);
    assertThat(narrow.post("/fhir/Observation", of(anna)).status()).isEqualTo(201);
    assertThat(narrow.put("/fhir/Observation/" + sodium, of(anna, sodium)).status()).isEqualTo(404);
    assertThat(
            patch(
                    narrow,
                    "/fhir/Observation/" + annas,
                    "replace",
                    "/category/0/coding/0/code",
                    "\"laboratory\"")
                .status())
        .isEqualTo(403);
    assertThat(narrow.delete("/fhir/Observation/" + sodium).status()).isEqualTo(404);
  }

  @Test
  void whatOneMayChangeIsNotWhatOneMayCreate() {
    Http app =
        hub.as(
            Scopes.ofPatient(
                anna,
                "patient/Observation.c?category=laboratory",
                "patient/Observation.u?category=vital-signs"));
    String laboratory = Ward.observationJson(anna, "laboratory", "2951-2", "");
    assertThat(app.post("/fhir/Observation", laboratory).status()).isEqualTo(201);
    assertThat(app.post("/fhir/Observation", of(anna)).status()).isEqualTo(403);
    assertThat(bundle(app, "transaction", entry("POST", "Observation", laboratory)).status())
        .isEqualTo(200);
    assertThat(bundle(app, "transaction", entry("POST", "Observation", of(anna))).status())
        .isEqualTo(403);
    assertThat(app.put("/fhir/Observation/" + annas, of(anna, annas)).status()).isEqualTo(200);
    assertThat(
            app.put(
                    "/fhir/Observation/" + annas,
                    laboratory.replace("\"status\"", "\"id\":\"" + annas + "\",\"status\""))
                .status())
        .isEqualTo(403);
  }

  @Test
  void conditionalWritesTellNothingOfOthers() {
    String identifier = "urn:write|" + UUID.randomUUID();
    String value = identifier.substring(identifier.indexOf('|') + 1);
    String known = ",\"identifier\":[{\"system\":\"urn:write\",\"value\":\"" + value + "\"}]";
    Ward.observation(bert, "vital-signs", "8867-4", known);
    String query = "identifier=urn:write%7C" + value;
    for (String match : List.of(query, "identifier=urn:write%7Cabsent-one")) {
      assertThat(app.post("/fhir/Observation", of(anna), "If-None-Exist", match).status())
          .isEqualTo(403);
      assertThat(app.put("/fhir/Observation?" + match, of(anna)).status()).isEqualTo(403);
      assertThat(app.delete("/fhir/Observation?" + match).status()).isEqualTo(403);
      assertThat(
              patch(app, "/fhir/Observation?" + match, "replace", "/status", "\"amended\"")
                  .status())
          .isEqualTo(403);
    }
    Http clinician = hub.as(Scopes.ofUser("user/Observation.cruds"));
    assertThat(clinician.post("/fhir/Observation", of(bert), "If-None-Exist", query).status())
        .isEqualTo(200);
    assertThat(clinician.put("/fhir/Observation?subject.name=Writebert", of(bert)).status())
        .isEqualTo(403);
    assertThat(
            hub.as(Scopes.ofUser("user/Observation.c"))
                .post("/fhir/Observation", of(bert), "If-None-Exist", query)
                .issues())
        .contains("user/Observation.s");
  }

  @Test
  void referencesAreNoOracle() {
    String mine = ",\"hasMember\":[{\"reference\":\"Observation/" + annas + "\"}]";
    String others = ",\"hasMember\":[{\"reference\":\"Observation/" + berts + "\"}]";
    String absent = ",\"hasMember\":[{\"reference\":\"Observation/absent-one\"}]";
    assertThat(
            app.post("/fhir/Observation", Ward.observationJson(anna, "survey", "1", mine)).status())
        .isEqualTo(201);
    assertThat(
            outcome(
                app.post("/fhir/Observation", Ward.observationJson(anna, "survey", "1", others)),
                berts))
        .isEqualTo(
            outcome(
                app.post("/fhir/Observation", Ward.observationJson(anna, "survey", "1", absent)),
                "absent-one"))
        .startsWith("422");
    String search = ",\"hasMember\":[{\"reference\":\"Observation?code=8867-4\"}]";
    for (Http person : List.of(app, hub.as(Scopes.ofUser("user/*.cruds")))) {
      assertThat(
              person
                  .post("/fhir/Observation", Ward.observationJson(anna, "survey", "1", search))
                  .status())
          .isEqualTo(403);
      assertThat(
              bundle(
                      person,
                      "transaction",
                      entry(
                          "POST", "Observation", Ward.observationJson(anna, "survey", "1", search)))
                  .status())
          .isEqualTo(403);
      String patch =
          "[{\"op\":\"add\",\"path\":\"/hasMember\",\"value\":[{\"reference\":\"Observation?code=8867-4\"}]}]";
      assertThat(
              person
                  .send(
                      "PATCH",
                      "/fhir/Observation/" + annas,
                      patch.getBytes(),
                      "Content-Type",
                      PATCH)
                  .status())
          .isEqualTo(403);
      String binary =
          "{\"resourceType\":\"Binary\",\"contentType\":\"%s\",\"data\":\"%s\"}"
              .formatted(PATCH, Base64.getEncoder().encodeToString(patch.getBytes()));
      assertThat(
              bundle(person, "transaction", entry("PATCH", "Observation/" + annas, binary))
                  .status())
          .isEqualTo(403);
    }
  }

  @Test
  void entriesOfABatchAreJudgedOneByOne() {
    Answer answer =
        bundle(
            app,
            "batch",
            entry("POST", "Observation", of(anna)),
            entry("POST", "Observation", of(bert)),
            entry("PUT", "Observation/" + berts, of(anna, berts)),
            entry("DELETE", "Observation/" + berts, null),
            entry("DELETE", "Observation?subject=Patient/" + bert, null),
            entry("POST", "Practitioner", "{\"resourceType\":\"Practitioner\"}"),
            entry("GET", "Observation/" + annas, null),
            entry("GET", "Observation?_count=0&_total=accurate", null));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> statuses =
        answer.json().path("entry").findValues("response").stream()
            .map(response -> response.path("status").asText().substring(0, 3))
            .toList();
    assertThat(statuses).containsExactly("201", "403", "404", "404", "403", "403", "200", "200");
    assertThat(answer.json().at("/entry/7/resource/total").asInt()).isEqualTo(2);
    assertThat(
            app.send(
                    "POST",
                    "/fhir",
                    "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}".getBytes(),
                    "X-Transaction-Semantics",
                    "tryBatchAsTransactionFirst=true;retryCount=1")
                .status())
        .isEqualTo(403);
  }

  @Test
  void aTransactionIsJudgedWhole() {
    int before = count(anna);
    assertThat(
            bundle(
                    app,
                    "transaction",
                    entry("POST", "Observation", of(anna)),
                    entry("POST", "Observation", of(bert)))
                .status())
        .isEqualTo(403);
    assertThat(
            bundle(
                    app,
                    "transaction",
                    entry("POST", "Observation", of(anna)),
                    entry("PUT", "Observation/" + berts, of(anna, berts)))
                .status())
        .isEqualTo(404);
    String nested = "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}";
    assertThat(
            bundle(
                    app,
                    "transaction",
                    entry("POST", "Observation", of(anna)),
                    entry("POST", "Bundle", nested))
                .status())
        .isEqualTo(403);
    assertThat(count(anna)).isEqualTo(before);
    Answer good =
        bundle(
            app,
            "transaction",
            entry("POST", "Observation", of(anna)),
            entry("PUT", "Observation/" + annas, of(anna, annas)));
    assertThat(good.status()).as(good.text()).isEqualTo(200);
    assertThat(count(anna)).isEqualTo(before + 1);
  }

  @Test
  void aNewResourceMayPointToAnotherNewOne() {
    String first =
        "{\"fullUrl\":\"urn:uuid:11111111-1111-4111-8111-111111111111\","
            + entry("POST", "Observation", of(anna)).substring(1);
    String second =
        entry(
            "POST",
            "Observation",
            Ward.observationJson(
                anna,
                "survey",
                "1",
                ",\"hasMember\":[{\"reference\":\"urn:uuid:11111111-1111-4111-8111-111111111111\"}]"));
    Answer answer = bundle(app, "transaction", first, second);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void patientsAreNeitherMadeNorTakenByAPatientsApp() {
    assertThat(app.post("/fhir/Patient", "{\"resourceType\":\"Patient\"}").status()).isEqualTo(403);
    assertThat(
            app.put(
                    "/fhir/Patient/" + bert,
                    "{\"resourceType\":\"Patient\",\"id\":\"" + bert + "\"}")
                .status())
        .isEqualTo(404);
    assertThat(
            app.put(
                    "/fhir/Patient/" + anna,
                    "{\"resourceType\":\"Patient\",\"id\":\""
                        + anna
                        + "\",\"birthDate\":\"1980-01-01\"}")
                .status())
        .isEqualTo(200);
  }

  /** Whoever could change it could choose a stranger's chart at the next sign-in. */
  @Test
  void whoStandsForWhomIsNotForPersons() {
    String child = Ward.patient("Child");
    String stranger = Ward.patient("Stranger");
    Http desk = hub.as(Scopes.ofUser("user/RelatedPerson.crus", "user/Patient.crus"));
    String proxy = "\"patient\":{\"reference\":\"Patient/%s\"}";
    Answer registered =
        desk.post(
            "/fhir/RelatedPerson",
            "{\"resourceType\":\"RelatedPerson\"," + proxy.formatted(child) + "}");
    assertThat(registered.status()).isEqualTo(201);
    String path = "/fhir/RelatedPerson/" + registered.id();
    String begin = "{\"resourceType\":\"RelatedPerson\",\"id\":\"" + registered.id() + "\",";
    assertThat(desk.put(path, begin + proxy.formatted(stranger) + "}").status()).isEqualTo(403);
    assertThat(desk.put(path, begin + "\"active\":false," + proxy.formatted(child) + "}").status())
        .isEqualTo(200);
    String replaced =
        "{\"resourceType\":\"Patient\",%s\"link\":[{\"type\":\"replaced-by\",\"other\":{\"reference\":\"Patient/"
            + child
            + "\"}}]}";
    assertThat(
            desk.put(
                    "/fhir/Patient/" + stranger, replaced.formatted("\"id\":\"" + stranger + "\","))
                .status())
        .isEqualTo(403);
    assertThat(desk.post("/fhir/Patient", replaced.formatted("")).status()).isEqualTo(403);
  }

  @Test
  void whatSteersTheServerIsNotForPersons() {
    Http clinician = hub.as(Scopes.ofUser("user/*.cruds"));
    assertThat(
            clinician
                .post(
                    "/fhir/Subscription",
                    """
                    {"resourceType":"Subscription","status":"requested","reason":"x","criteria":"Patient?","channel":{"type":"rest-hook","endpoint":"http://localhost:1/"}}""")
                .status())
        .isEqualTo(403);
    assertThat(
            clinician
                .post(
                    "/fhir/SearchParameter",
                    """
                    {"resourceType":"SearchParameter","url":"urn:x","name":"x","status":"active","description":"x","code":"patient","base":["Observation"],"type":"reference","expression":"Observation.performer"}""")
                .status())
        .isEqualTo(403);
    assertThat(clinician.post("/fhir/Binary", "{\"resourceType\":\"Binary\"}").status())
        .isEqualTo(403);
  }

  private static String of(String patient) {
    return Ward.observationJson(patient, "vital-signs", "8867-4", "");
  }

  private static String of(String patient, String id) {
    return Ward.observationJson(
        patient, "vital-signs", "8867-4", ",\"id\":\"" + id + "\",\"note\":[{\"text\":\"2\"}]");
  }

  private static int count(String patient) {
    return Ward.all
        .get("/fhir/Observation?_summary=count&subject=Patient/" + patient)
        .json()
        .path("total")
        .asInt();
  }

  private static Answer patch(Http client, String path, String op, String where, String value) {
    String body =
        "[{\"op\":\"%s\",\"path\":\"%s\"%s}]"
            .formatted(op, where, value == null ? "" : ",\"value\":" + value);
    return client.send("PATCH", path, body.getBytes(), "Content-Type", PATCH);
  }

  private static String entry(String method, String url, String resource) {
    return "{\"request\":{\"method\":\"%s\",\"url\":\"%s\"}%s}"
        .formatted(method, url, resource == null ? "" : ",\"resource\":" + resource);
  }

  private static Answer bundle(Http client, String type, String... entries) {
    return client.post(
        "/fhir",
        "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}"
            .formatted(type, String.join(",", entries)));
  }
}

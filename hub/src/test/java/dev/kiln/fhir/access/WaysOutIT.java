package dev.kiln.fhir.access;

import static dev.kiln.fhir.access.ScopeIT.ids;
import static dev.kiln.fhir.access.ScopeIT.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way by which something could be read that a token does not open. */
class WaysOutIT {

  private static final RunningHub hub = RunningHub.get();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CANARY = "Waycanary";

  private static String anna;
  private static String bert;
  private static List<String> annas = new ArrayList<>();
  private static String berts;
  private static Http app;
  private static Http clinician;

  @BeforeAll
  static void ward() {
    anna = Ward.patient("Wayanna");
    bert = Ward.patient(CANARY);
    for (int i = 0; i < 5; i++) {
      annas.add(Ward.observation(anna, "vital-signs", "8867-4"));
    }
    berts = Ward.observation(bert, "vital-signs", "8867-4");
    app = hub.as(Scopes.ofPatient(anna, "patient/*.cruds"));
    clinician = hub.as(Scopes.ofUser("user/*.cruds"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation?_include=Observation:subject",
        "Observation?_include:iterate=Observation:subject",
        "Observation?_include=*",
        "Patient?_revinclude=Observation:subject",
        "Patient?_revinclude:iterate=Observation:subject",
        "Patient?_has:Observation:subject:code=8867-4",
        "Observation?subject.name=Waycanary",
        "Observation?subject:Patient.name=Waycanary",
        "Observation?patient.name:exact=Waycanary",
        "Observation?_sort=subject.name",
        "Observation?_sort=-patient.birthdate",
        "Observation?_filter=code%20eq%208867-4",
        "Observation?_content=x",
        "Observation?_text=x",
        "Observation?_list=1",
        "Observation?_contained=true",
        "Observation?code:in=http://example.org/vs",
        "Observation?code:not-in=http://example.org/vs",
        "Observation?code:below=1",
        "Observation?_nonsense=1",
        "Observation/_history",
        "Patient/_history",
        "_history",
        "Patient/$everything",
        "$meta",
        "Patient/$meta",
        "ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender",
        "CodeSystem/$lookup?system=http://loinc.org&code=1",
        "Binary",
        "Binary/1"
      })
  void waysWithoutProofAreClosedToPersons(String way) {
    for (Http person : List.of(app, clinician)) {
      Answer answer = person.get("/fhir/" + way);
      assertThat(answer.status()).as(way + " " + answer.text()).isEqualTo(403);
      assertThat(answer.text()).doesNotContain("entry").doesNotContain(CANARY);
      assertThat(entryStatus(person, way)).as("in a batch: " + way).startsWith("40");
    }
    if (way.startsWith("Observation?")) {
      assertThat(
              clinician
                  .post(
                      "/fhir/Observation/_search",
                      way.substring(way.indexOf('?') + 1),
                      "Content-Type",
                      FORM)
                  .status())
          .as("posted: " + way)
          .isEqualTo(403);
    }
  }

  /** HAPI has no route for them; what it says is no data. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "?_type=Patient,Observation",
        "?_id=1",
        "Observation?_query=x",
        "Patient/$graphql"
      })
  void waysThatAreNoneAreClosedToo(String way) {
    for (Http person : List.of(app, clinician)) {
      Answer answer = person.get("/fhir/" + way);
      assertThat(answer.status()).as(way + " " + answer.text()).isIn(400, 403, 404);
      assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    }
  }

  @Test
  void operationsAndHistoryOfOneResourceAreClosedToPersons() {
    for (String suffix : new String[] {"/_history", "/$everything", "/$meta", "/$validate"}) {
      assertThat(app.get("/fhir/Patient/" + anna + suffix).status()).as(suffix).isIn(403, 405);
      assertThat(clinician.get("/fhir/Patient/" + bert + suffix).status())
          .as(suffix)
          .isIn(403, 405);
    }
    String tag =
        """
        {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"system":"urn:t","code":"t"}]}}]}""";
    for (String operation : new String[] {"$meta-add", "$meta-delete", "$validate"}) {
      assertThat(clinician.post("/fhir/Patient/" + bert + "/" + operation, tag).status())
          .as(operation)
          .isEqualTo(403);
    }
    assertThat(clinician.post("/fhir/Patient/$validate", "{\"resourceType\":\"Patient\"}").status())
        .isEqualTo(403);
  }

  @Test
  void clientsThatActForThemselvesHaveAllWays() {
    Http backend = hub.as(Scopes.ofSystem("system/*.cruds"));
    assertThat(ids(backend.get("/fhir/Observation?_include=Observation:subject&_id=" + berts)))
        .containsExactlyInAnyOrder(berts, bert);
    assertThat(backend.get("/fhir/Patient/" + bert + "/_history").status()).isEqualTo(200);
    assertThat(backend.get("/fhir/Patient/" + bert + "/$everything").status()).isEqualTo(200);
    assertThat(ids(backend.get("/fhir/Observation?subject.name=" + CANARY))).contains(berts);
  }

  @Test
  void aNarrowSystemScopeShowsItsTypesAlone() {
    Http backend = hub.as(Scopes.ofSystem("system/Observation.rs"));
    assertThat(ids(backend.get("/fhir/Observation?_include=Observation:subject&_id=" + berts)))
        .containsExactly(berts);
    assertThat(backend.get("/fhir/Patient/" + bert).status()).isEqualTo(403);
    assertThat(backend.get("/fhir/Observation?subject.name=" + CANARY).status()).isEqualTo(403);
    assertThat(backend.get("/fhir/Patient?_has:Observation:subject:code=1").status())
        .isEqualTo(403);
    assertThat(backend.get("/fhir/Patient/" + bert + "/$everything").status()).isEqualTo(403);
    assertThat(backend.get("/fhir/_history").status()).isEqualTo(403);
    assertThat(backend.get("/fhir/Observation/" + berts + "/_history").status()).isEqualTo(200);
    assertThat(backend.post("/fhir/Observation/" + berts + "/$meta-add", "{}").status())
        .isIn(400, 403);
  }

  @Test
  void countsAreThoseOfTheChart() {
    for (String how :
        new String[] {"_summary=count", "_total=accurate", "_total=accurate&_count=0"}) {
      assertThat(app.get("/fhir/Observation?code=8867-4&" + how).json().path("total").asInt())
          .as(how)
          .isEqualTo(5);
      assertThat(
              app.post("/fhir/Observation/_search", "code=8867-4&" + how, "Content-Type", FORM)
                  .json()
                  .path("total")
                  .asInt())
          .as("posted " + how)
          .isEqualTo(5);
    }
    assertThat(
            app.get("/fhir/Observation?_summary=count&subject=Patient/" + bert)
                .json()
                .path("total")
                .asInt())
        .isZero();
    assertThat(app.get("/fhir/Patient?_summary=count&name=" + CANARY).json().path("total").asInt())
        .isZero();
  }

  @Test
  void pagesAreThoseOfTheChartAndOfTheirCaller() {
    Set<String> seen = new TreeSet<>();
    Answer page = app.get("/fhir/Observation?_count=2");
    String first = next(page);
    while (true) {
      seen.addAll(ids(page));
      if (next(page) == null) {
        break;
      }
      page = app.get(next(page));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(annas);
    Http other = hub.as(Scopes.ofPatient(bert, "patient/*.cruds"));
    String id = first.replaceAll(".*_getpages=([^&]+).*", "$1");
    String absent = first.replace(id, "1234567890");
    assertThat(outcome(other.get(first), id)).isEqualTo(outcome(app.get(absent), "1234567890"));
    assertThat(outcome(other.get(absent), "1234567890")).startsWith("410");
    assertThat(hub.as(Scopes.ofPatient(anna, "patient/Patient.rs")).get(first).status())
        .isEqualTo(410);
    assertThat(clinician.get(first).status()).isEqualTo(410);
    String ofTheClinician = next(clinician.get("/fhir/Observation?_count=1"));
    assertThat(app.get(ofTheClinician).status()).isEqualTo(410);
    assertThat(app.get(first).status()).isEqualTo(200);
  }

  @Test
  void theSameSearchIsAnotherOneForAnotherCaller() {
    String search = "/fhir/Observation?code=http://loinc.org%7C8867-4&subject=Patient/" + bert;
    assertThat(ids(clinician.get(search))).containsExactly(berts);
    assertThat(ids(app.get(search))).isEmpty();
    assertThat(ids(hub.as(Scopes.ofPatient(bert, "patient/*.rs")).get(search)))
        .containsExactly(berts);
  }

  @Test
  void idsOfOthersAreNotFoundHoweverTheyAreAskedFor() {
    assertThat(ids(app.get("/fhir/Observation?_id=" + berts + "," + annas.get(0))))
        .containsExactly(annas.get(0));
    assertThat(ids(app.get("/fhir/Observation?_id=" + berts))).isEmpty();
    assertThat(ids(app.get("/fhir/Patient/" + bert + "/Observation"))).isEmpty();
    assertThat(ids(app.get("/fhir/Patient/" + anna + "/Observation?_count=50")))
        .containsExactlyInAnyOrderElementsOf(annas);
    assertThat(ids(app.get("/fhir/Observation?subject:Patient=" + bert))).isEmpty();
    assertThat(app.get("/fhir/Observation/" + berts, "If-None-Match", "W/\"1\"").status())
        .isEqualTo(404);
    assertThat(app.send("HEAD", "/fhir/Observation/" + berts, null).status()).isEqualTo(404);
    assertThat(entryStatus(app, "Observation/" + berts)).startsWith("404");
    assertThat(entryStatus(app, "Observation/nothing")).startsWith("404");
    assertThat(entryStatus(app, "Observation/" + annas.get(0))).startsWith("200");
    String deleted = Ward.observation(bert, "vital-signs", "8867-4");
    Ward.all.delete("/fhir/Observation/" + deleted);
    assertThat(entryStatus(app, "Observation/" + deleted)).startsWith("404");
  }

  @Test
  void whatIsTrimmedIsJudgedAsItIsStored() {
    for (String how : new String[] {"_elements=status", "_summary=true", "_elements=id"}) {
      assertThat(ids(app.get("/fhir/Observation?_count=50&" + how)))
          .containsExactlyInAnyOrderElementsOf(annas);
      assertThat(app.get("/fhir/Observation/" + berts + "?" + how).status()).isEqualTo(404);
    }
  }

  @Test
  void anOldVersionOfWhatNowIsAnothersIsClosed() {
    String moved = Ward.observation(anna, "vital-signs", "8310-5");
    String path = "/fhir/Observation/" + moved;
    assertThat(app.get(path + "/_history/1").status()).isEqualTo(200);
    Answer put =
        Ward.all.put(
            path, Ward.observationJson(bert, "vital-signs", "8310-5", ",\"id\":\"" + moved + "\""));
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(app.get(path + "/_history/1").status()).isEqualTo(404);
    assertThat(app.get(path).status()).isEqualTo(404);
    Http other = hub.as(Scopes.ofPatient(bert, "patient/*.rs"));
    assertThat(other.get(path).status()).isEqualTo(200);
    assertThat(other.get(path + "/_history/1").status()).isEqualTo(404);
  }

  @Test
  void anAppointmentOfTwoIsInBothCharts() {
    String both =
        Ward.create(
            "Appointment",
            """
            "status":"proposed","participant":[
              {"actor":{"reference":"Patient/%s"},"status":"accepted"},
              {"actor":{"reference":"Patient/%s"},"status":"accepted"}]"""
                .formatted(anna, bert));
    String others =
        Ward.create(
            "Appointment",
            "\"status\":\"proposed\",\"participant\":[{\"actor\":{\"reference\":\"Patient/"
                + bert
                + "\"},\"status\":\"accepted\"}]");
    assertThat(ids(app.get("/fhir/Appointment"))).containsExactly(both);
    assertThat(ids(app.get("/fhir/Appointment?actor=Patient/" + bert))).containsExactly(both);
    assertThat(app.get("/fhir/Appointment/" + others).status()).isEqualTo(404);
    String reported =
        Ward.observation(
            bert, "survey", "8867-4", ",\"performer\":[{\"reference\":\"Patient/" + anna + "\"}]");
    assertThat(app.get("/fhir/Observation/" + reported).status()).isEqualTo(200);
    assertThat(app.get("/fhir/Observation?_summary=count").json().path("total").asInt())
        .isEqualTo(6);
    Ward.all.delete("/fhir/Observation/" + reported);
  }

  @Test
  void linkedPatientsAndGroupsAreClosed() {
    String linked =
        Ward.create(
            "Patient",
            "\"link\":[{\"type\":\"seealso\",\"other\":{\"reference\":\"Patient/" + anna + "\"}}]");
    assertThat(app.get("/fhir/Patient/" + linked).status()).isEqualTo(404);
    assertThat(ids(app.get("/fhir/Patient"))).containsExactly(anna);
    String group =
        Ward.create(
            "Group",
            """
            "type":"person","actual":true,"member":[{"entity":{"reference":"Patient/%s"}}]"""
                .formatted(anna));
    assertThat(app.get("/fhir/Group/" + group).status()).isEqualTo(403);
    assertThat(app.get("/fhir/Group").status()).isEqualTo(403);
    assertThat(app.get("/fhir/AuditEvent").status()).isEqualTo(403);
  }

  @Test
  void whatAllChartsPointToIsForReading() {
    String doctor = Ward.create("Practitioner", "\"name\":[{\"family\":\"Waydoc\"}]");
    assertThat(app.get("/fhir/Practitioner/" + doctor).status()).isEqualTo(200);
    assertThat(ids(app.get("/fhir/Practitioner?name=Waydoc"))).contains(doctor);
    assertThat(app.delete("/fhir/Practitioner/" + doctor).status()).isEqualTo(403);
    for (String type : new String[] {"Bundle", "Subscription", "StructureDefinition", "Task"}) {
      assertThat(app.get("/fhir/" + type).status()).as(type).isEqualTo(403);
    }
  }

  @Test
  void readingIsNotSearching() {
    Http reading = hub.as(Scopes.ofPatient(anna, "patient/Observation.r"));
    assertThat(reading.get("/fhir/Observation/" + annas.get(0)).status()).isEqualTo(200);
    assertThat(reading.get("/fhir/Observation").status()).isEqualTo(403);
    assertThat(reading.get("/fhir/Observation?_id=" + annas.get(0)).status()).isEqualTo(403);
    Http searching = hub.as(Scopes.ofPatient(anna, "patient/Observation.s"));
    assertThat(searching.get("/fhir/Observation/" + annas.get(0)).status()).isEqualTo(403);
    assertThat(ids(searching.get("/fhir/Observation?_id=" + annas.get(0))))
        .containsExactly(annas.get(0));
    Http mixed =
        hub.as(
            Scopes.ofPatient(
                anna, "patient/Observation.r?code=8867-4", "patient/Observation.s?code=1111-1"));
    assertThat(mixed.get("/fhir/Observation/" + annas.get(0)).status()).isEqualTo(200);
    assertThat(ids(mixed.get("/fhir/Observation"))).isEmpty();
  }

  @Test
  void aMissingClaimOpensNothing() {
    Set<Permission> wide = Scopes.permissions("patient/*.cruds", "user/*.cruds", "system/*.cruds");
    for (Caller caller :
        List.of(
            new Caller("app", "account", null, wide, Set.of(), null, false),
            new Caller("app", "account", " ", wide, Set.of(), " ", false))) {
      Http nobody = hub.as(caller);
      assertThat(nobody.get("/fhir/Observation").status()).isEqualTo(403);
      assertThat(nobody.get("/fhir/Patient/" + anna).status()).isEqualTo(403);
    }
    Http backend =
        hub.as(
            new Caller(
                "backend",
                "backend",
                "Practitioner/1",
                Scopes.permissions("patient/*.cruds", "user/*.cruds"),
                Set.of(),
                anna,
                true));
    assertThat(backend.get("/fhir/Patient/" + anna).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_content=x",
        "subject.name=x",
        "category:in=x",
        "category:not=vital-signs",
        "date=2020",
        "subject=Patient/1",
        "_id=1",
        "category",
        "category=",
        "category=|",
        "category=|vital-signs",
        "category=laboratory,|vital-signs",
        "category=a\"b",
        "category=a\\,b",
        "category=%zz",
        "nonsense=1"
      })
  void aConditionThatCannotBeJudgedAllowsNothing(String condition) {
    for (Http one :
        List.of(
            hub.as(Scopes.ofPatient(anna, "patient/Observation.rs?" + condition)),
            hub.as(Scopes.ofUser("user/Observation.rs?category=vital-signs&" + condition)))) {
      assertThat(one.get("/fhir/Observation/" + annas.get(0)).status()).isEqualTo(403);
      assertThat(one.get("/fhir/Observation").status()).isEqualTo(403);
    }
  }

  @Test
  void theApiPageAndTheStatementAreForEverybodyWithAToken() {
    Http nothing = hub.as(Scopes.ofUser());
    assertThat(nothing.get("/fhir/metadata").status()).isEqualTo(200);
    assertThat(nothing.get("/fhir/api-docs").text()).contains("openapi");
    assertThat(nothing.get("/fhir/Patient").status()).isEqualTo(403);
    assertThat(nothing.get("/actuator/prometheus").status()).isEqualTo(403);
    assertThat(nothing.post("/messages/1/replay", "").status()).isEqualTo(403);
  }

  /** The status of the answer to one reading entry of a batch. */
  private static String entryStatus(Http client, String url) {
    Answer answer =
        client.post(
            "/fhir",
            """
            {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"%s"}}]}"""
                .formatted(url));
    assertThat(answer.text()).doesNotContain(CANARY);
    return answer.status() == 200
        ? answer.json().at("/entry/0/response/status").asText()
        : String.valueOf(answer.status());
  }

  private static String next(Answer page) {
    for (JsonNode link : page.json().path("link")) {
      if ("next".equals(link.path("relation").asText())) {
        return link.path("url").asText();
      }
    }
    return null;
  }
}

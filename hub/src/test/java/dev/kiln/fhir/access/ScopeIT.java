package dev.kiln.fhir.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What scopes allow, and that nothing beyond them is answered. */
class ScopeIT {

  private static final RunningHub hub = RunningHub.get();
  private static String anna;
  private static String bert;
  private static String annasPulse;
  private static String annasSodium;
  private static String bertsPulse;

  @BeforeAll
  static void ward() {
    anna = Ward.patient("Scopeanna");
    bert = Ward.patient("Scopebert");
    annasPulse = Ward.observation(anna, "vital-signs", "8867-4");
    annasSodium = Ward.observation(anna, "laboratory", "2951-2");
    bertsPulse = Ward.observation(bert, "vital-signs", "8867-4");
  }

  @Test
  void aPatientsAppReadsThatPatientsChartAlone() {
    Http app = hub.as(Scopes.ofPatient(anna, "patient/*.rs"));
    assertThat(app.get("/fhir/Patient/" + anna).status()).isEqualTo(200);
    assertThat(app.get("/fhir/Observation/" + annasPulse).status()).isEqualTo(200);
    assertThat(app.get("/fhir/Patient/" + bert).status()).isEqualTo(404);
    assertThat(app.get("/fhir/Observation/" + bertsPulse).status()).isEqualTo(404);
    assertThat(ids(app.get("/fhir/Observation")))
        .containsExactlyInAnyOrder(annasPulse, annasSodium);
    assertThat(ids(app.get("/fhir/Patient"))).containsExactly(anna);
  }

  @Test
  void absentAndForbiddenAreTheSameAnswer() {
    Http app = hub.as(Scopes.ofPatient(anna, "patient/*.rs"));
    String deleted = Ward.observation(bert, "vital-signs", "8867-4");
    Ward.all.delete("/fhir/Observation/" + deleted);
    for (String suffix : new String[] {"", "/_history/1"}) {
      String absent = outcome(app.get("/fhir/Observation/nothing" + suffix), "nothing");
      assertThat(outcome(app.get("/fhir/Observation/" + bertsPulse + suffix), bertsPulse))
          .isEqualTo(absent);
      assertThat(outcome(app.get("/fhir/Observation/" + deleted + suffix), deleted))
          .isEqualTo(absent);
    }
  }

  @Test
  void aMissingScopeIsNamed() {
    Answer answer =
        hub.as(Scopes.ofPatient(anna, "patient/Patient.rs")).get("/fhir/Observation/" + annasPulse);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.issues()).contains("patient/Observation.r");
    assertThat(answer.header("WWW-Authenticate"))
        .contains("error=\"insufficient_scope\"")
        .contains("scope=\"patient/Observation.r\"");
  }

  @Test
  void granularScopesAreJoinedByOr() {
    Http one = hub.as(Scopes.ofPatient(anna, "patient/Observation.rs?category=vital-signs"));
    assertThat(ids(one.get("/fhir/Observation"))).containsExactly(annasPulse);
    assertThat(one.get("/fhir/Observation/" + annasPulse).status()).isEqualTo(200);
    assertThat(one.get("/fhir/Observation/" + annasSodium).status()).isEqualTo(404);
    Http both =
        hub.as(
            Scopes.ofPatient(
                anna,
                "patient/Observation.rs?category=vital-signs",
                "patient/Observation.rs?code=http://loinc.org|2951-2"));
    Answer found = both.get("/fhir/Observation?_total=accurate");
    assertThat(ids(found)).containsExactlyInAnyOrder(annasPulse, annasSodium);
    assertThat(found.json().path("total").asInt()).isEqualTo(2);
  }

  static Set<String> ids(Answer bundle) {
    assertThat(bundle.status()).as(bundle.text()).isEqualTo(200);
    Set<String> ids = new TreeSet<>();
    for (JsonNode entry : bundle.json().path("entry")) {
      ids.add(entry.at("/resource/id").asText());
    }
    return ids;
  }

  /** Status and words without what is different in every answer. */
  static String outcome(Answer answer, String id) {
    return answer.status()
        + answer.issues().replace(id, "ID").replaceAll("\\(reference [^)]*\\)", "")
        + answer.json().at("/issue/0/code").asText();
  }
}

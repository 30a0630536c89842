package dev.kiln.access.smart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.provider.Arguments;

/** A made-up chart with every type of US Core, and a few resources of somebody else's. */
final class Chart {

  static final String PATIENT = "smart-alba";
  static final String OTHER = "smart-bert";
  static final String ENCOUNTER = "smart-visit";

  private static Chart entered;

  /** With the account of the patient herself. */
  final Person alba;

  /** With a physician's account. */
  final Person drake;

  private Chart() throws IOException {
    try (InputStream bundle = Chart.class.getResourceAsStream("chart.json")) {
      Answer stored =
          RunningHub.get()
              .http()
              .post("/fhir", new String(bundle.readAllBytes(), StandardCharsets.UTF_8));
      assertThat(stored.status()).as(stored.text()).isEqualTo(200);
    }
    alba = Person.with("patient", "Patient/" + PATIENT);
    drake = Person.with("physician", "Practitioner/smart-drake");
  }

  static synchronized Chart get() throws IOException {
    if (entered == null) {
      entered = new Chart();
    }
    return entered;
  }

  /**
   * The first search that US Core 6.1.0 demands of each type, or the address of types that are only
   * reached by references; and what it must bring of this chart.
   */
  private static final String[][] US_CORE = {
    {"AllergyIntolerance", "?patient=smart-alba", "smart-allergy"},
    {"CarePlan", "?patient=smart-alba&category=assess-plan", "smart-plan"},
    {"CareTeam", "?patient=smart-alba&status=active", "smart-team"},
    {"Condition", "?patient=smart-alba&category=encounter-diagnosis", "smart-encounter-diagnosis"},
    {"Condition", "?patient=smart-alba", "smart-problem-list-item"},
    {"Coverage", "?patient=smart-alba", "smart-coverage"},
    {"Device", "?patient=smart-alba", "smart-pacemaker"},
    {"DiagnosticReport", "?patient=smart-alba&category=LAB", "smart-report"},
    {"DocumentReference", "?patient=smart-alba", "smart-note"},
    {"Encounter", "?patient=smart-alba", "smart-visit"},
    {"Goal", "?patient=smart-alba", "smart-goal"},
    {"Immunization", "?patient=smart-alba", "smart-vaccine"},
    {"Location", "?name=Smartward", "smart-ward"},
    {"Medication", "/smart-tablet", "smart-tablet"},
    {"MedicationDispense", "?patient=smart-alba", "smart-dispense"},
    {"MedicationRequest", "?patient=smart-alba&intent=order", "smart-order"},
    {"Observation", "?patient=smart-alba&category=laboratory", "smart-laboratory"},
    {"Observation", "?patient=smart-alba&code=8867-4", "smart-vital-signs"},
    {"Organization", "?name=Smartclinic", "smart-clinic"},
    {"Patient", "?_id=smart-alba", "smart-alba"},
    {"Practitioner", "?name=Smartdrake", "smart-drake"},
    {"PractitionerRole", "?practitioner=smart-drake", "smart-role"},
    {"Procedure", "?patient=smart-alba", "smart-procedure"},
    {"Provenance", "/smart-provenance", "smart-provenance"},
    {"QuestionnaireResponse", "?patient=smart-alba", "smart-answers"},
    {"RelatedPerson", "?_id=smart-nora", "smart-nora"},
    {"ServiceRequest", "?patient=smart-alba", "smart-request"},
    {"Specimen", "?_id=smart-blood", "smart-blood"},
  };

  static List<Arguments> usCore() {
    List<Arguments> rows = new ArrayList<>();
    for (String[] row : US_CORE) {
      rows.add(Arguments.of((Object[]) row));
    }
    return rows;
  }

  static Set<String> usCoreTypes() {
    Set<String> types = new TreeSet<>();
    for (String[] row : US_CORE) {
      types.add(row[0]);
    }
    return types;
  }

  /** The ids that a search or a read brings. */
  static Set<String> found(Http client, String path) {
    Answer answer = client.get("/fhir/" + path);
    assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
    Set<String> ids = new TreeSet<>();
    if (answer.json().path("resourceType").asText().equals("Bundle")) {
      for (JsonNode entry : answer.json().path("entry")) {
        ids.add(entry.at("/resource/id").asText());
      }
    } else {
      ids.add(answer.id());
    }
    return ids;
  }
}

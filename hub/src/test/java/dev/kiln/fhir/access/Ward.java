package dev.kiln.fhir.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;

/** Resources that the tests of access enter with the start-up token. */
final class Ward {

  static final Http all = RunningHub.get().http();

  private static final String CATEGORY =
      "http://terminology.hl7.org/CodeSystem/observation-category";

  private Ward() {}

  static String patient(String family) {
    return create("Patient", "\"name\":[{\"family\":\"" + family + "\"}]");
  }

  static String observation(String patient, String category, String code) {
    return observation(patient, category, code, "");
  }

  /**
   * @param more further elements, each with a comma before it
   */
  static String observation(String patient, String category, String code, String more) {
    return create("Observation", elements(patient, category, code) + more);
  }

  /** An Observation as JSON, for tests that send it themselves. */
  static String observationJson(String patient, String category, String code, String more) {
    return "{\"resourceType\":\"Observation\"," + elements(patient, category, code) + more + "}";
  }

  private static String elements(String patient, String category, String code) {
    return """
        "status":"final","code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},
        "category":[{"coding":[{"system":"%s","code":"%s"}]}],
        "subject":{"reference":"Patient/%s"}"""
        .formatted(code, CATEGORY, category, patient);
  }

  static String create(String type, String elements) {
    Answer created =
        all.post("/fhir/" + type, "{\"resourceType\":\"" + type + "\"," + elements + "}");
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return created.id();
  }
}

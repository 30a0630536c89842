package dev.kiln.auth.consent;

import dev.kiln.auth.SmartScope;
import dev.kiln.auth.consent.ConsentLine.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scope can be narrowed to: some types instead of all, some categories instead of a whole
 * type (US Core, "SMART Guidance", granular scopes for Condition and Observation).
 */
final class Parts {

  private static final String OBSERVATION =
      "http://terminology.hl7.org/CodeSystem/observation-category|";
  private static final String CONDITION =
      "http://terminology.hl7.org/CodeSystem/condition-category|";
  private static final String US_CORE = "http://hl7.org/fhir/us/core/CodeSystem/";

  /** Category to the last part of its message, by type. */
  private static final Map<String, Map<String, String>> CATEGORIES =
      Map.of(
          "Condition",
          ordered(
              CONDITION + "problem-list-item", "problem-list-item",
              CONDITION + "encounter-diagnosis", "encounter-diagnosis",
              US_CORE + "condition-category|health-concern", "health-concern",
              US_CORE + "us-core-category|sdoh", "sdoh"),
          "Observation",
          ordered(
              OBSERVATION + "laboratory", "laboratory",
              OBSERVATION + "vital-signs", "vital-signs",
              OBSERVATION + "imaging", "imaging",
              OBSERVATION + "exam", "exam",
              OBSERVATION + "procedure", "procedure",
              OBSERVATION + "survey", "survey",
              OBSERVATION + "social-history", "social-history",
              US_CORE + "us-core-category|sdoh", "sdoh"));

  /** What is offered instead of everything, in the order in which people look for it. */
  private static final List<String> TYPES =
      List.of(
          "Patient",
          "AllergyIntolerance",
          "Condition",
          "MedicationRequest",
          "MedicationDispense",
          "Immunization",
          "Observation",
          "DiagnosticReport",
          "Procedure",
          "Encounter",
          "DocumentReference",
          "CarePlan",
          "CareTeam",
          "Goal",
          "ServiceRequest",
          "QuestionnaireResponse",
          "Device",
          "Coverage",
          "ExplanationOfBenefit",
          "RelatedPerson",
          "Practitioner",
          "Organization",
          "Location");

  private Parts() {}

  static List<Part> of(SmartScope scope, String id) {
    List<Part> parts = new ArrayList<>();
    if (!scope.query().isEmpty()) {
      return parts;
    }
    if (scope.type().equals("*")) {
      for (String type : TYPES) {
        SmartScope part = new SmartScope(scope.level(), type, scope.interactions(), List.of());
        parts.add(new Part(id + "-" + type, part.toString(), "type." + type));
      }
    }
    CATEGORIES
        .getOrDefault(scope.type(), Map.of())
        .forEach(
            (category, word) -> {
              SmartScope part =
                  new SmartScope(
                      scope.level(),
                      scope.type(),
                      scope.interactions(),
                      List.of("category=" + category));
              parts.add(new Part(id + "-" + word, part.toString(), message(scope.type(), word)));
            });
    return parts;
  }

  /** Message of a condition such as {@code category=…|laboratory}; empty where there is none. */
  static String only(String type, String condition) {
    int equals = condition.indexOf('=');
    String word =
        condition.startsWith("category=")
            ? CATEGORIES.getOrDefault(type, Map.of()).get(condition.substring(equals + 1))
            : null;
    return word == null ? "" : message(type, word);
  }

  private static String message(String type, String word) {
    return "part." + type + "." + word;
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}

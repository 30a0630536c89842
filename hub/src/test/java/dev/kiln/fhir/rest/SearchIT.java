package dev.kiln.fhir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Search as of https://hl7.org/fhir/R4/search.html, on a ward of our own that no other test
 * touches.
 */
class SearchIT {

  private static final Http fhir = RunningHub.get().http();
  private static final String TAG = UUID.randomUUID().toString();
  private static String anna;
  private static String bert;

  @BeforeAll
  static void ward() {
    String practitioner =
        fhir.post(
                "/fhir/Practitioner",
                "{\"resourceType\":\"Practitioner\",\"name\":[{\"family\":\"Searchdoc\"}]}")
            .id();
    anna = person("Anna", "1980-02-01", practitioner);
    bert = person("Bert", "1990-03-02", practitioner);
    for (int i = 0; i < 7; i++) {
      observation(anna, "8867-4", 60 + i, "2024-01-0" + (i + 1));
    }
    observation(bert, "8867-4", 120, "2024-02-01");
    observation(bert, "29463-7", 80, "2024-02-02");
  }

  @Test
  void chainsAndReverseChains() {
    assertThat(
            total(
                "Observation?code=http://loinc.org%7C8867-4&subject:Patient.given=Anna&subject:Patient._tag="
                    + TAG))
        .isEqualTo(7);
    assertThat(total("Patient?_tag=" + TAG + "&_has:Observation:subject:code=29463-7"))
        .isEqualTo(1);
    assertThat(total("Patient?_tag=" + TAG + "&general-practitioner.name=Searchdoc")).isEqualTo(2);
  }

  @Test
  void includesBothWays() {
    JsonNode with =
        fhir.get(
                "/fhir/Patient?_tag="
                    + TAG
                    + "&_include=Patient:general-practitioner&_revinclude=Observation:subject")
            .json();
    int matches = 0;
    int included = 0;
    for (JsonNode entry : with.path("entry")) {
      if ("match".equals(entry.at("/search/mode").asText())) {
        matches++;
      } else {
        included++;
      }
    }
    assertThat(matches).isEqualTo(2);
    assertThat(included).isEqualTo(10);
  }

  @Test
  void compositesQuantitiesAndDates() {
    assertThat(
            total(
                "Observation?subject=Patient/"
                    + bert
                    + "&code-value-quantity=http://loinc.org%7C8867-4$gt100"))
        .isEqualTo(1);
    assertThat(total("Observation?subject=Patient/" + anna + "&value-quantity=ge64")).isEqualTo(3);
    assertThat(
            total("Observation?subject=Patient/" + anna + "&date=ge2024-01-03&date=lt2024-01-05"))
        .isEqualTo(2);
    assertThat(total("Patient?_tag=" + TAG + "&birthdate=lt1985")).isEqualTo(1);
    assertThat(total("Patient?_tag=" + TAG + "&given:exact=Anna")).isEqualTo(1);
    assertThat(total("Patient?_tag=" + TAG + "&given:contains=nn")).isEqualTo(1);
  }

  @Test
  void sortsCountsAndShortens() {
    JsonNode sorted =
        fhir.get(
                "/fhir/Observation?subject=Patient/"
                    + anna
                    + "&_sort=-date&_count=1&_total=accurate")
            .json();
    assertThat(sorted.at("/entry/0/resource/valueQuantity/value").asInt()).isEqualTo(66);
    assertThat(sorted.path("total").asInt()).isEqualTo(7);
    assertThat(
            fhir.get("/fhir/Patient?_tag=" + TAG + "&_summary=count")
                .json()
                .path("entry")
                .isMissingNode())
        .isTrue();
    JsonNode elements =
        fhir.get("/fhir/Patient?_tag=" + TAG + "&_elements=birthDate")
            .json()
            .at("/entry/0/resource");
    assertThat(elements.has("birthDate")).isTrue();
    assertThat(elements.has("name")).isFalse();
  }

  @Test
  void pagesStayWhatTheyWere() {
    Answer page = fhir.get("/fhir/Observation?subject=Patient/" + anna + "&_sort=date&_count=3");
    Set<String> seen = new LinkedHashSet<>();
    observation(anna, "8867-4", 99, "2023-12-31");
    while (true) {
      page.json()
          .path("entry")
          .forEach(entry -> seen.add(entry.at("/resource/valueQuantity/value").asText()));
      String next = link(page.json(), "next");
      if (next == null) {
        break;
      }
      assertThat(next).startsWith(RunningHub.get().base() + "/fhir?");
      page = fhir.get(next);
    }
    assertThat(seen).containsExactly("60", "61", "62", "63", "64", "65", "66");
    fhir.delete("/fhir/Observation?subject=Patient/" + anna + "&value-quantity=99");
  }

  @Test
  void compartments() {
    Answer own = fhir.get("/fhir/Patient/" + bert + "/Observation?_sort=date");
    assertThat(own.json().path("entry")).hasSize(2);
    assertThat(link(own.json(), "self"))
        .isEqualTo(RunningHub.get().base() + "/fhir/Patient/" + bert + "/Observation?_sort=date");
    assertThat(
            fhir.get("/fhir/Patient/" + bert + "/Observation?code=29463-7")
                .json()
                .path("total")
                .asInt())
        .isEqualTo(1);
    assertThat(fhir.get("/fhir/Patient/" + bert + "/Location").status()).isEqualTo(400);
    String paged = link(fhir.get("/fhir/Patient/" + bert + "/Observation?_count=1").json(), "next");
    assertThat(fhir.get(paged).json().path("entry")).hasSize(1);
  }

  @Test
  void everythingOfOnePatient() {
    JsonNode all = fhir.get("/fhir/Patient/" + bert + "/$everything").json();
    assertThat(all.path("entry")).hasSize(4);
  }

  @Test
  void aPostedSearchIsTheSame() {
    Answer posted =
        fhir.post(
            "/fhir/Patient/_search",
            "_tag=" + TAG + "&given=Anna",
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(posted.json().path("total").asInt()).isEqualTo(1);
  }

  private static int total(String query) {
    Answer answer = fhir.get("/fhir/" + query + "&_total=accurate");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("total").asInt();
  }

  static String link(JsonNode bundle, String relation) {
    for (JsonNode link : bundle.path("link")) {
      if (relation.equals(link.path("relation").asText())) {
        return link.path("url").asText();
      }
    }
    return null;
  }

  private static String person(String given, String birthDate, String practitioner) {
    return fhir.post(
            "/fhir/Patient",
            """
            {"resourceType":"Patient","meta":{"tag":[{"system":"urn:test","code":"%s"}]},"name":[{"given":["%s"]}],
             "birthDate":"%s","generalPractitioner":[{"reference":"Practitioner/%s"}]}"""
                .formatted(TAG, given, birthDate, practitioner))
        .id();
  }

  private static void observation(String patient, String code, int value, String date) {
    Answer created =
        fhir.post(
            "/fhir/Observation",
            """
            {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},
             "category":[{"text":"test"}],"subject":{"reference":"Patient/%s"},"effectiveDateTime":"%s",
             "valueQuantity":{"value":%d,"unit":"u"}}"""
                .formatted(code, patient, date, value));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
  }
}

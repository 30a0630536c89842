package dev.kiln.fhir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input gets an OperationOutcome that says what and where, has a reference, and shows nothing
 * of our insides.
 */
class RefusalIT {

  private final Http fhir = RunningHub.get().http();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "400 ~ {\"resourceType\":\"Patient\",\"gender\":\"xx\"} ~ Patient.gender",
        "400 ~ {\"resourceType\":\"Patient\",\"birthDate\":\"20-20\"} ~ Patient.birthDate",
        "422 ~ {\"resourceType\":\"Patient\",\"name\":\"Text\"} ~ Patient.name",
        "400 ~ {\"resourceType\":\"Patient\",\"active\":\"yes\"} ~ Patient.active",
        "422 ~ {\"resourceType\":\"Patient\",\"nmae\":[{\"family\":\"A\"}]} ~ Patient",
        "422 ~ {\"resourceType\":\"Patient\",\"maritalStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus\",\"code\":\"ZZ\"}]}} ~ Patient.maritalStatus",
        "422 ~ {\"resourceType\":\"Patient\",\"contact\":[{\"gender\":\"male\"}]} ~ Patient.contact[0]",
        "422 ~ {\"resourceType\":\"Patient\",\"communication\":[{\"preferred\":true}]} ~ Patient.communication[0]"
      })
  void wrongContentIsLocatedByFhirPath(int status, String body, String path) {
    Answer answer = fhir.post("/fhir/Patient", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertOutcome(answer);
    assertThat(
            answer.json().findValuesAsText("expression").toString()
                + answer.json().findValues("expression"))
        .contains(path);
  }

  @Test
  void aFaultInsideOfABundleIsLocatedInTheBundle() {
    Answer answer =
        fhir.post(
            "/fhir",
            """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}},
             {"resource":{"resourceType":"Observation","code":{"text":"x"}},"request":{"method":"POST","url":"Observation"}}]}""");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text()).contains("Bundle.entry[1].resource");
    assertThat(answer.issues()).contains("Observation.status");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Patient\"",
        "not json at all",
        "",
        "[]",
        "{\"resourceType\":\"Nonsense\"}",
        "{\"name\":[]}",
        "<Patient xmlns=\"http://hl7.org/fhir\">"
      })
  void malformedBodies(String body) {
    Answer answer = fhir.post("/fhir/Patient", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertOutcome(answer);
  }

  @Test
  void malformedXmlAndXmlThatReadsFiles() {
    String[] bodies = {
      "<Patient xmlns=\"http://hl7.org/fhir\"><name>",
      "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Patient xmlns=\"http://hl7.org/fhir\"><language value=\"&e;\"/></Patient>"
    };
    for (String body : bodies) {
      Answer answer =
          fhir.post(
              "/fhir/Patient",
              body,
              "Content-Type",
              "application/fhir+xml",
              "Accept",
              "application/fhir+json");
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertOutcome(answer);
      assertThat(answer.text()).doesNotContain("root:");
    }
  }

  @Test
  void tooLarge() throws IOException {
    String body = InteractionIT.patient("x".repeat(3 << 20));
    Answer answer = fhir.post("/fhir/Patient", body);
    assertThat(answer.status()).isEqualTo(413);
    assertOutcome(answer);

    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(body.getBytes());
    }
    assertThat(bomb.size()).isLessThan(100_000);
    Answer unpacked =
        fhir.send("POST", "/fhir/Patient", bomb.toByteArray(), "Content-Encoding", "gzip");
    assertThat(unpacked.status()).isEqualTo(413);
    assertOutcome(unpacked);
  }

  @Test
  void tooDeep() {
    int levels = 5000;
    String json =
        "{\"resourceType\":\"Patient\",\"extension\":"
            + "[{\"url\":\"http://x\",\"extension\":".repeat(levels)
            + "[]"
            + "}]".repeat(levels)
            + "}";
    Answer answer = fhir.post("/fhir/Patient", json);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.issues()).contains("nested deeper");
    String xml =
        "<Patient xmlns=\"http://hl7.org/fhir\">"
            + "<extension url=\"http://x\">".repeat(levels)
            + "</extension>".repeat(levels)
            + "</Patient>";
    Answer deepXml =
        fhir.post(
            "/fhir/Patient",
            xml,
            "Content-Type",
            "application/fhir+xml",
            "Accept",
            "application/fhir+json");
    assertThat(deepXml.status()).isEqualTo(400);
    assertOutcome(deepXml);
    String almost =
        xml.replace("<extension url=\"http://x\">".repeat(levels - 900), "")
            .replace("</extension>".repeat(levels - 900), "");
    assertThat(
            fhir.post(
                    "/fhir/Patient",
                    almost,
                    "Content-Type",
                    "application/fhir+xml",
                    "Accept",
                    "application/fhir+json")
                .status())
        .isIn(400, 422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?nonsense=1",
        "Patient?_sort=nonsense",
        "Patient?_include=Patient:nonsense",
        "Patient?_revinclude=Observation:nonsense",
        "Patient?_total=nonsense",
        "Patient?_summary=nonsense",
        "Patient?_count=many",
        "Patient?birthdate=tomorrow",
        "Patient?_has:Observation:nonsense:code=1",
        "Patient?general-practitioner.nonsense=1",
        "Patient?_filter=name%20eq%20x",
        "Patient?_filter:exact=name%20eq%20x",
        "Patient?_text=x",
        "Patient?_content=x",
        "Patient?name:nonsense=x",
        "Patient/$everything?nonsense=1",
        "Patient/1?nonsense=1",
        "Patient/_history?nonsense=1",
        "Patient/1/_history?nonsense=1",
        "CodeSystem/$lookup?nonsense=1"
      })
  void unknownParametersAndValuesAreRefusedLoudly(String query) {
    Answer answer = fhir.get("/fhir/" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertOutcome(answer);
  }

  @Test
  void wrongAddresses() {
    assertThat(fhir.get("/fhir/Nonsense").status()).isEqualTo(404);
    assertOutcome(fhir.get("/fhir/Nonsense"));
    assertThat(fhir.get("/fhir/Patient/none").status()).isEqualTo(404);
    assertOutcome(fhir.get("/fhir/Patient/none"));
    assertThat(fhir.get("/nonsense").status()).isEqualTo(404);
    assertOutcome(fhir.get("/nonsense"));
    assertThat(fhir.get("/fhir/Patient/%00").status()).isEqualTo(400);
    assertThat(fhir.get("/fhir/Patient/%00").text())
        .contains("OperationOutcome")
        .doesNotContain("Tomcat");
  }

  @Test
  void aReferenceThatLeadsNowhere() {
    Answer answer =
        fhir.post(
            "/fhir/Observation",
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/nobody\"}}");
    assertThat(answer.status()).isIn(400, 422);
    assertOutcome(answer);
  }

  @Test
  void anIdThatIsNotTheOneInTheAddress() {
    Answer answer =
        fhir.put("/fhir/Patient/abc-1", "{\"resourceType\":\"Patient\",\"id\":\"other\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertOutcome(answer);
  }

  @Test
  void entriesWhoseAddressAndResourceDiffer() {
    for (String url : new String[] {"Observation", "Patient/1", "Patient/$validate", ""}) {
      Answer answer =
          fhir.post(
              "/fhir",
              "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\"},\"request\":{\"method\":\"POST\",\"url\":\""
                  + url
                  + "\"}}]}");
      assertThat(answer.status()).as(url + answer.text()).isIn(400, 422);
    }
  }

  /** HAPI would pass over the parameter and write to whatever the rest of the address finds. */
  @Test
  void conditionalWritesWithUnknownParameters() {
    String body = InteractionIT.patient("Conditional");
    assertThat(fhir.delete("/fhir/Patient?gender=male&_lastUpdatedd=lt2000").status())
        .isEqualTo(400);
    assertThat(fhir.put("/fhir/Patient?gender=male&_filter=x", body).status()).isEqualTo(400);
    for (String url :
        new String[] {"Patient?gender=male&_filter=x", "Patient?gender=male&_nonsense=x"}) {
      Answer answer =
          fhir.post(
              "/fhir",
              "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\""
                  + url
                  + "\"}}]}");
      assertThat(answer.status()).isEqualTo(400);
      assertOutcome(answer);
    }
  }

  @Test
  void aFormIsNoWayRoundTheLimit() {
    Answer answer =
        fhir.put(
            "/fhir/Patient/form-1",
            "a=" + "x".repeat(3 << 20),
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(answer.status()).isIn(400, 413, 415);
    assertOutcome(answer);
  }

  @Test
  void theReferenceIsTheRequestId() {
    Answer answer = fhir.get("/fhir/Patient?nonsense=1", "X-Request-ID", "abcdef-123456");
    assertThat(answer.header("X-Request-ID")).isEqualTo("abcdef-123456");
    assertThat(answer.id()).isEqualTo("abcdef-123456");
    Answer hostile = fhir.get("/fhir/Patient?nonsense=1", "X-Request-ID", "a\"},{evil");
    assertThat(hostile.header("X-Request-ID")).matches("[0-9a-f]{16}");
  }

  private static void assertOutcome(Answer answer) {
    assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(answer.id()).isEqualTo(answer.header("X-Request-ID")).isNotBlank();
    assertThat(answer.text())
        .contains("(reference " + answer.id() + ")")
        .doesNotContain("HAPI-")
        .doesNotContain("ca.uhn")
        .doesNotContain("java.")
        .doesNotContain("org.springframework")
        .doesNotContain("SQL");
  }
}

package dev.kiln.fhir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that are open work, and those that are not are neither reachable nor announced. */
class OperationIT {

  private final Http fhir = RunningHub.get().http();

  @Test
  void validates() {
    Answer good = fhir.post("/fhir/Patient/$validate", InteractionIT.patient("Valid"));
    assertThat(good.status()).isEqualTo(200);
    Answer bad =
        fhir.post(
            "/fhir/Observation/$validate",
            "{\"resourceType\":\"Observation\",\"code\":{\"text\":\"x\"}}");
    assertThat(bad.text()).contains("Observation.status");
  }

  @Test
  void validatesAgainstKilnsOwnProfile() {
    String provenance =
        """
        {"resourceType":"Provenance","meta":{"profile":["https://kiln.dev/fhir/StructureDefinition/kiln-message-provenance"]},
         "target":[{"display":"x"}],"recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"display":"x"}}]}""";
    Answer answer = fhir.post("/fhir/Provenance/$validate", provenance);
    assertThat(answer.text()).contains("Provenance.entity: minimum required = 1");
  }

  @Test
  void meta() {
    String path = "/fhir/Patient/" + fhir.post("/fhir/Patient", InteractionIT.patient("Meta")).id();
    String tag =
        """
        {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"system":"urn:test","code":"t"}]}}]}""";
    assertThat(fhir.post(path + "/$meta-add", tag).status()).isEqualTo(200);
    assertThat(fhir.get(path + "/$meta").text()).contains("\"urn:test\"");
    assertThat(fhir.post(path + "/$meta-delete", tag).status()).isEqualTo(200);
    assertThat(fhir.get(path + "/$meta").text()).doesNotContain("\"urn:test\"");
  }

  @Test
  void terminologyThatFhirBrings() {
    String gender = "http://hl7.org/fhir/administrative-gender";
    assertThat(fhir.get("/fhir/CodeSystem/$lookup?system=" + gender + "&code=female").text())
        .contains("Female");
    assertThat(fhir.get("/fhir/CodeSystem/$validate-code?url=" + gender + "&code=female").text())
        .contains("true");
    assertThat(fhir.get("/fhir/CodeSystem/$validate-code?url=" + gender + "&code=nonsense").text())
        .contains("false");
    assertThat(
            fhir.get(
                    "/fhir/ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender")
                .json()
                .at("/expansion/contains"))
        .hasSize(4);
    assertThat(
            fhir.get(
                    "/fhir/ValueSet/$validate-code?url=http://hl7.org/fhir/ValueSet/administrative-gender&code=male&system="
                        + gender)
                .text())
        .contains("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$expunge",
        "$graphql",
        "$export",
        "$import",
        "$reindex",
        "$merge",
        "Patient/$export",
        "Patient/$expunge",
        "Patient/$merge",
        "Patient/$graphql",
        "$mark-all-resources-for-reindexing",
        "$get-resource-counts",
        "Patient/$hapi.fhir.merge",
        "$hapi.fhir.replace-references",
        "Observation/$lastn",
        "Patient/1/$summary"
      })
  void whatIsNotProvenIsOff(String operation) {
    assertThat(fhir.get("/fhir/" + operation).status()).isIn(400, 404, 405, 501);
    assertThat(fhir.post("/fhir/" + operation, "{\"resourceType\":\"Parameters\"}").status())
        .isIn(400, 404, 405, 501);
    assertThat(
            fhir.post(
                    "/fhir",
                    "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":{\"resourceType\":\"Parameters\"},\"request\":{\"method\":\"POST\",\"url\":\""
                        + operation
                        + "\"}}]}")
                .text())
        .doesNotContain("\"status\":\"2");
  }

  @Test
  void theCapabilityStatementAnnouncesExactlyTheOpenOperations() {
    JsonNode rest = fhir.get("/fhir/metadata").json().at("/rest/0");
    Set<String> announced = new TreeSet<>();
    rest.path("operation").forEach(operation -> announced.add(operation.path("name").asText()));
    rest.path("resource")
        .forEach(
            type ->
                type.path("operation")
                    .forEach(operation -> announced.add(operation.path("name").asText())));
    assertThat(announced)
        .containsExactly(
            "account-close",
            "account-open",
            "account-reset",
            "account-roles",
            "account-second-factor-remove",
            "account-sign-out",
            "account-unlock",
            "accounts",
            "apps",
            "client-disable",
            "client-enable",
            "client-register",
            "client-remove",
            "client-secret",
            "clients",
            "everything",
            "expand",
            "launch",
            "listener-pause",
            "listener-resume",
            "listener-test",
            "listeners",
            "live-ticket",
            "lookup",
            "message",
            "messages",
            "meta",
            "meta-add",
            "meta-delete",
            "partner-report",
            "replay",
            "replay-preview",
            "site-profile-remove",
            "site-profile-save",
            "site-profile-try",
            "site-profiles",
            "source",
            "subsumes",
            "translate",
            "validate",
            "validate-code");
  }

  @Test
  void subscriptionsDoNotBecomeActive() {
    Answer created =
        fhir.post(
            "/fhir/Subscription",
            """
            {"resourceType":"Subscription","status":"requested","reason":"x","criteria":"Patient?","channel":{"type":"rest-hook","endpoint":"http://localhost:1/"}}""");
    if (created.status() == 201) {
      assertThat(fhir.get("/fhir/Subscription/" + created.id()).json().path("status").asText())
          .isEqualTo("requested");
    }
    assertThat(fhir.get("/websocket").status()).isEqualTo(404);
  }

  @Test
  void theApiPageIsThere() {
    assertThat(fhir.get("/fhir/swagger-ui/").text()).contains("swagger");
    assertThat(fhir.get("/fhir/api-docs").text()).contains("openapi");
  }
}

package dev.kiln.fhir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The interactions of https://hl7.org/fhir/R4/http.html, one by one over the wire. */
class InteractionIT {

  private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final Http fhir = RunningHub.get().http();

  @Test
  void createReadUpdateDeleteAndHistory() {
    Answer created = fhir.post("/fhir/Patient", patient("Crud"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.id()).matches(UUID_FORM);
    assertThat(created.header("ETag")).isEqualTo("W/\"1\"");
    String path = "/fhir/Patient/" + created.id();
    assertThat(created.header("Location"))
        .isEqualTo(RunningHub.get().base() + path + "/_history/1");

    assertThat(fhir.get(path).json().at("/name/0/family").asText()).isEqualTo("Crud");
    Answer updated = fhir.put(path, withId(patient("Changed"), created.id()));
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.header("ETag")).isEqualTo("W/\"2\"");
    assertThat(fhir.get(path + "/_history/1").json().at("/name/0/family").asText())
        .isEqualTo("Crud");
    assertThat(fhir.delete(path).status()).isEqualTo(200);
    assertThat(fhir.get(path).status()).isEqualTo(410);
    Answer history = fhir.get(path + "/_history");
    assertThat(history.json().path("entry")).hasSize(3);
    assertThat(fhir.get("/fhir/Patient/_history?_count=1").status()).isEqualTo(200);
    assertThat(fhir.get("/fhir/_history?_count=1").status()).isEqualTo(200);
  }

  @Test
  void versionsAreGuardedByIfMatchAndSavedByIfNoneMatch() {
    String id = fhir.post("/fhir/Patient", patient("Etag")).id();
    String path = "/fhir/Patient/" + id;
    assertThat(fhir.get(path, "If-None-Match", "W/\"1\"").status()).isEqualTo(304);
    String next = withId(patient("Etag2"), id);
    assertThat(fhir.put(path, next, "If-Match", "W/\"7\"").status()).isEqualTo(412);
    assertThat(fhir.put(path, next, "If-Match", "W/\"1\"").status()).isEqualTo(200);
    assertThat(fhir.get(path, "If-None-Match", "W/\"1\"").status()).isEqualTo(200);
  }

  @Test
  void patchesByJsonPatchAndByFhirPath() {
    String path = "/fhir/Patient/" + fhir.post("/fhir/Patient", patient("Patch")).id();
    Answer json =
        fhir.send(
            "PATCH",
            path,
            "[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"other\"}]".getBytes(),
            "Content-Type",
            "application/json-patch+json");
    assertThat(json.status()).isEqualTo(200);
    Answer fhirPath =
        fhir.send(
            "PATCH",
            path,
            """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
              {"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient"},
              {"name":"name","valueString":"birthDate"},{"name":"value","valueDate":"1999-12-31"}]}]}"""
                .getBytes());
    assertThat(fhirPath.status()).isEqualTo(200);
    assertThat(fhir.get(path).json().path("gender").asText()).isEqualTo("other");
    assertThat(fhir.get(path).json().path("birthDate").asText()).isEqualTo("1999-12-31");
    Answer ruined =
        fhir.send(
            "PATCH",
            path,
            "[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"unheard-of\"}]".getBytes(),
            "Content-Type",
            "application/json-patch+json");
    assertThat(ruined.status()).isIn(400, 422);
    assertThat(fhir.get(path).json().path("gender").asText()).isEqualTo("other");
  }

  @Test
  void conditionalForms() {
    String value = UUID.randomUUID().toString();
    String query = "identifier=urn:test%7C" + value;
    String body = identified(value);
    assertThat(fhir.post("/fhir/Patient", body, "If-None-Exist", query).status()).isEqualTo(201);
    assertThat(fhir.post("/fhir/Patient", body, "If-None-Exist", query).status()).isEqualTo(200);
    Answer updated = fhir.put("/fhir/Patient?" + query, body.replace("\"male\"", "\"female\""));
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.header("ETag")).isEqualTo("W/\"2\"");
    assertThat(fhir.delete("/fhir/Patient?" + query).status()).isEqualTo(200);
    assertThat(fhir.get("/fhir/Patient?" + query).json().path("total").asInt()).isZero();
    fhir.post("/fhir/Patient", body);
    fhir.post("/fhir/Patient", body);
    assertThat(fhir.put("/fhir/Patient?" + query, body).status()).isEqualTo(412);
    assertThat(fhir.delete("/fhir/Patient?" + query).status()).isEqualTo(412);
  }

  @Test
  void aTransactionIsWholeOrNotAtAll() {
    String value = UUID.randomUUID().toString();
    String good =
        """
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"fullUrl":"urn:uuid:11111111-1111-4111-8111-111111111111","resource":%s,
           "request":{"method":"POST","url":"Patient"}},
          {"fullUrl":"urn:uuid:22222222-2222-4222-8222-222222222222","resource":{"resourceType":"Observation","status":"final",
           "code":{"text":"weight"},"subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"}},
           "request":{"method":"POST","url":"Observation"}}]}"""
            .formatted(identified(value));
    Answer done = fhir.post("/fhir", good);
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.json().path("entry")).hasSize(2);
    assertThat(
            fhir.get("/fhir/Observation?subject.identifier=urn:test%7C" + value)
                .json()
                .path("total")
                .asInt())
        .isEqualTo(1);

    String other = UUID.randomUUID().toString();
    String broken =
        good.replace(value, other)
            .replace("urn:uuid:11111111-1111-4111-8111-111111111111\"}}", "Patient/nobody\"}}");
    assertThat(fhir.post("/fhir", broken).status()).isEqualTo(400);
    assertThat(
            fhir.get("/fhir/Patient?identifier=urn:test%7C" + other).json().path("total").asInt())
        .isZero();
  }

  @Test
  void aBatchAnswersEachEntryByItself() {
    Answer batch =
        fhir.post(
            "/fhir",
            """
            {"resourceType":"Bundle","type":"batch","entry":[
              {"request":{"method":"GET","url":"Patient?_count=1"}},
              {"request":{"method":"GET","url":"Patient/does-not-exist"}},
              {"request":{"method":"GET","url":"Patient?no-such-parameter=1"}}]}""");
    assertThat(batch.status()).isEqualTo(200);
    assertThat(batch.json().at("/entry/0/response/status").asText()).startsWith("200");
    assertThat(batch.json().at("/entry/1/response/status").asText()).startsWith("404");
    assertThat(batch.json().at("/entry/2/response/status").asText()).startsWith("400");
    assertThat(batch.text()).doesNotContain("HAPI-");
  }

  @Test
  void packsAndUnpacksGzip() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(patient("Gzip").getBytes());
    }
    Answer created =
        fhir.send("POST", "/fhir/Patient", packed.toByteArray(), "Content-Encoding", "gzip");
    assertThat(created.status()).isEqualTo(201);
    Answer read = fhir.get("/fhir/Patient/" + created.id(), "Accept-Encoding", "gzip");
    assertThat(read.header("Content-Encoding")).isEqualTo("gzip");
    String unpacked =
        new String(new GZIPInputStream(new ByteArrayInputStream(read.body())).readAllBytes());
    assertThat(unpacked).contains("Gzip");
  }

  @Test
  void speaksXmlToo() {
    String id = fhir.post("/fhir/Patient", patient("Xml")).id();
    Answer xml = fhir.get("/fhir/Patient/" + id, "Accept", "application/fhir+xml");
    assertThat(xml.text()).startsWith("<Patient").contains("<family value=\"Xml\"/>");
    assertThat(fhir.get("/fhir/Patient/" + id + "?_format=xml").text()).startsWith("<Patient");
  }

  static String patient(String family) {
    return "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\""
        + family
        + "\"}],\"gender\":\"male\"}";
  }

  static String identified(String value) {
    return "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:test\",\"value\":\""
        + value
        + "\"}],\"gender\":\"male\"}";
  }

  static String withId(String resource, String id) {
    return resource.replaceFirst("\\{", "{\"id\":\"" + id + "\",");
  }
}

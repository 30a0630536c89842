package dev.kiln.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.Messages;
import dev.kiln.Mllp;
import dev.kiln.RunningHub;
import dev.kiln.fhir.access.Scopes;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** HL7 over HTTP, from the door to the store. */
class HttpListenerIT {

  private static final String PATH = "/hl7v2/web";

  private final RunningHub hub = RunningHub.get();
  private final Http backend = hub.as(Scopes.ofSystem("system/*.cruds"));
  private final String id = UUID.randomUUID().toString().substring(0, 12);

  private static Answer post(Http as, String path, String message) {
    return as.post(path, message.replace('\n', '\r'), "Content-Type", "application/hl7-v2");
  }

  @Test
  void aBackendServiceSendsAMessageAndReadsItThroughFhir() {
    Answer answer = post(backend, PATH, Messages.admission(id, id));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/hl7-v2;charset=");
    assertThat(answer.text()).contains("\rMSA|AA|" + id + "\r");
    assertThat(backend.get("/fhir/Patient?identifier=" + id).text()).contains("\"Kettle\"");
    assertThat(hub.http().get("/fhir/$messages?listener=web&control-id=" + id).text())
        .contains("\"" + id + "\"");
    assertThat(post(hub.http(), PATH, Messages.result(id, "R" + id)).text())
        .contains("MSA|AA|R" + id);
    assertThat(hub.http().get("/actuator/prometheus").text())
        .contains(
            "kiln_http_requests_total{listener=\"web\",status=\"200\"} ",
            "kiln_http_received_bytes_total{listener=\"web\"} ",
            "kiln_http_last_request_timestamp_seconds{listener=\"web\"} 1",
            "kiln_http_connections{listener=\"web\"} ",
            "kiln_inbox_received_total{listener=\"web\",outcome=\"accepted\"} ");
  }

  @Test
  void nobodyElseSends() {
    String message = Messages.admission(id, id);
    assertThat(post(hub.stranger(), PATH, message).status()).isEqualTo(401);
    for (Http other :
        new Http[] {
          hub.as(Scopes.ofSystem("system/*.crs", "system/Patient.cruds")),
          hub.as(Scopes.ofSystem("system/*.cruds?_tag=a")),
          hub.as(Scopes.ofUser("user/*.cruds")),
          hub.as(Scopes.ofEngineer("message.read", "message.replay", "interface.control"))
        }) {
      assertThat(post(other, PATH, message).status()).isEqualTo(403);
    }
    for (String path :
        new String[] {
          "/hl7v2", "/hl7v2/", "/hl7v2/web/", "/hl7v2/web;a", "/hl7v2/%77eb", "/hl7v2/web/web"
        }) {
      assertThat(post(backend, path, message).status()).as(path).isEqualTo(403);
    }
    assertThat(backend.get("/actuator/prometheus").status()).isEqualTo(403);
    assertThat(post(backend, "/hl7v2/nobody", message).status()).isEqualTo(404);
    assertThat(hub.http().get("/fhir/Patient?identifier=" + id + "&_summary=count").text())
        .contains("\"total\":0");
  }

  @Test
  void whatIsRefusedIsKeptAndSaidToBe() {
    Answer version = post(backend, PATH, Messages.admission(id, id).replace("|2.5.1", "|3.0"));
    assertThat(version.status()).isEqualTo(400);
    assertThat(version.text()).contains("MSA|AR|" + id, "UNSUPPORTED_VERSION");
    Answer large = post(backend, PATH, Messages.admission(id, id) + "x".repeat(1 << 20));
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.text()).contains("FRAME_TOO_LARGE");
    byte[] latin =
        Messages.admission(id, id)
            .replace("Kettle", "K\u00e4ttle")
            .replace('\n', '\r')
            .getBytes(StandardCharsets.UTF_8);
    Answer charset =
        backend.send("POST", PATH, latin, "Content-Type", "application/hl7-v2; charset=latin1");
    assertThat(charset.status()).isEqualTo(400);
    assertThat(charset.text()).contains("UNSUPPORTED_CHARSET", "Content-Type");
    assertThat(
            backend
                .send("POST", PATH, latin, "Content-Type", "application/hl7-v2; charset=utf-8")
                .status())
        .isEqualTo(200);
    assertThat(hub.http().get("/fhir/$messages?listener=web&control-id=" + id).text())
        .contains("UNSUPPORTED_VERSION", "FRAME_TOO_LARGE", "UNSUPPORTED_CHARSET");
  }

  @Test
  void isPausedAndResumedLikeAnyOther() {
    String name =
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"name\",\"valueString\":\"web\"}]}";
    assertThat(hub.http().post("/fhir/$listener-pause", name).text())
        .contains("\"paused\"", "\"http\"", "\"" + PATH + "\"");
    try {
      Answer paused = post(backend, PATH, Messages.admission(id, id));
      assertThat(paused.status()).isEqualTo(503);
      assertThat(paused.header("Retry-After")).isEqualTo("5");
    } finally {
      assertThat(hub.http().post("/fhir/$listener-resume", name).text()).contains("\"listening\"");
    }
    assertThat(post(backend, PATH, Messages.admission(id, id)).status()).isEqualTo(200);
  }

  @Test
  void aBatchIsTakenInMessageByMessageAndAnsweredByOne() throws Exception {
    String batch =
        "BHS|^~\\&|LAB|HOSP|KILN|HUB|||||B"
            + id
            + "\n"
            + Messages.admission(id, "A" + id)
            + "\n"
            + Messages.admission(id, "V" + id).replace("|2.5.1", "|3.0")
            + "\n"
            + Messages.result(id, "R" + id)
            + "\nBTS|4\n";
    Answer answer = post(backend, PATH, batch);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text())
        .startsWith("BHS|^~\\&|KILN|HUB|LAB|HOSP|")
        .containsSubsequence(
            "|B" + id + "\r",
            "MSA|AA|A" + id,
            "MSA|AR|V" + id,
            "MSA|AA|R" + id,
            "MSA|AR|B" + id,
            "WRONG_BATCH",
            "BTS|4|BTS-1 says 4 messages, and 3 came.\r");
    assertThat(backend.get("/fhir/Observation?patient.identifier=" + id).text()).contains("5.6");
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      String again = Messages.admission(id, "A" + id) + "\n" + Messages.result(id, "R" + id);
      assertThat(sender.send(again))
          .startsWith("BHS|")
          .containsSubsequence("MSA|AA|A" + id, "MSA|AA|R" + id, "BTS|2\r");
    }
    assertThat(hub.http().get("/fhir/$messages?control-id=A" + id).text().split("\"A" + id + "\""))
        .as("what has come twice is one message")
        .hasSize(2);
  }
}

package dev.kiln.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.Messages;
import dev.kiln.RunningHub;
import dev.kiln.fhir.access.Scopes;
import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Those who run the hub see how each way in fares, and close and open it. */
class ListenerOperationsIT {

  private final RunningHub hub = RunningHub.get();
  private final Http engineer = hub.as(Scopes.ofEngineer("message.read", "interface.control"));

  private JsonNode listener(String name) {
    Answer all = engineer.get("/fhir/$listeners");
    assertThat(all.status()).as(all.text()).isEqualTo(200);
    for (JsonNode parameter : all.json().path("parameter")) {
      if (part(parameter, "name").asText().equals(name)) {
        return parameter;
      }
    }
    throw new AssertionError(all.text());
  }

  private static JsonNode part(JsonNode parent, String name) {
    for (JsonNode part : parent.path("part")) {
      if (part.path("name").asText().equals(name)) {
        return part.has("part") ? part : value(part);
      }
    }
    return parent.path("absent");
  }

  private static JsonNode value(JsonNode part) {
    for (JsonNode child : part) {
      if (!child.equals(part.path("name"))) {
        return child;
      }
    }
    return part.path("absent");
  }

  private static Answer post(Http as, String operation, String name) {
    return as.post(
        "/fhir/" + operation,
        "{\"resourceType\": \"Parameters\", \"parameter\": [{\"name\": \"name\", \"valueString\":"
            + " \""
            + name
            + "\"}]}");
  }

  @Test
  void tellsWhatCameAndWhatWentWrong() {
    long received = part(listener("mllp"), "received-hour").asLong();
    long refused = part(listener("mllp"), "refused-hour").asLong();
    String mrn = UUID.randomUUID().toString().substring(0, 12);
    Inbox inbox = hub.bean(Inbox.class);
    MessageFormat hl7v2 = hub.bean("hl7v2Format", MessageFormat.class);
    for (String text : new String[] {Messages.admission(mrn, mrn), "no message " + mrn}) {
      inbox.accept(
          hl7v2,
          text.replace('\n', '\r').getBytes(StandardCharsets.UTF_8),
          "mllp",
          Duration.ofSeconds(60));
    }

    JsonNode mllp = listener("mllp");

    assertThat(part(mllp, "received-hour").asLong()).isGreaterThanOrEqualTo(received + 2);
    assertThat(part(mllp, "refused-hour").asLong()).isGreaterThanOrEqualTo(refused + 1);
    assertThat(part(mllp, "state").asText()).isEqualTo("listening");
    assertThat(part(part(mllp, "last-error"), "reason").asText()).isEqualTo("NOT_HL7");
    assertThat(engineer.get("/fhir/$messages?listener=mllp&control-id=" + mrn).text())
        .contains("\"" + mrn + "\"");
    assertThat(engineer.get("/fhir/$messages?listener=other&control-id=" + mrn).text())
        .doesNotContain("\"" + mrn + "\"");
  }

  @Test
  void closesAndOpensAListener() {
    assertThat(post(engineer, "$listener-pause", "mllp").text()).contains("paused");
    try {
      assertThat(part(listener("mllp"), "state").asText()).isEqualTo("paused");
    } finally {
      assertThat(post(engineer, "$listener-resume", "mllp").text()).contains("listening");
    }
    assertThat(post(engineer, "$listener-pause", "nobody").status()).isEqualTo(404);
    assertThat(post(hub.as(Scopes.ofEngineer("message.read")), "$listener-pause", "mllp").status())
        .isEqualTo(403);
    assertThat(hub.http().get("/fhir/AuditEvent?entity-name=$listener-pause").text())
        .contains("\"mllp\"");
  }

  /** Of a test message, all that an answer to it may need. */
  private JsonNode test(String name) {
    Answer answer = post(engineer, "$listener-test", name);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("parameter").path(0);
  }

  @Test
  void aTestMessageIsAcknowledgedTracedAndWritesNothing() throws Exception {
    JsonNode before = part(listener("mllp"), "last-message");
    for (String name : new String[] {"mllp", "web", "drop"}) {
      JsonNode told = test(name);
      assertThat(part(told, "ok").asBoolean()).as(told.toString()).isTrue();
      String id = part(told, "message").asText();
      String controlId = part(told, "control-id").asText();
      assertThat(part(told, "acknowledgement").asText()).contains("\rMSA|AA|" + controlId);
      String message = applied(id);
      assertThat(message).contains("\"NMD^N02\"", "\"" + controlId + "\"", "\"KILN|TEST\"");
      for (JsonNode part : engineer.get("/fhir/$message?id=" + id).json().at("/parameter/0/part")) {
        assertThat(part.path("name").asText()).isNotIn("resource", "translation", "warning");
        assertThat(
                part.path("name").asText().equals("unread")
                    && part.path("valueInteger").asInt(1) > 0)
            .as(part.toString())
            .isFalse();
      }
      assertThat(hub.http().get("/fhir/Provenance/" + provenance(id)).status()).isEqualTo(404);
    }
    assertThat(part(listener("mllp"), "last-message")).isEqualTo(before);
  }

  private static String provenance(String message) {
    return LogicalKey.id("Provenance", MessageId.SYSTEM, message);
  }

  /** The message, when it has been applied. */
  private String applied(String id) throws InterruptedException {
    String text = "";
    for (int i = 0; i < 200 && !text.contains("\"applied\""); i++) {
      Thread.sleep(50);
      text = engineer.get("/fhir/$message?id=" + id).text();
    }
    assertThat(text).contains("\"applied\"");
    return text;
  }

  @Test
  void aListenerThatWantsCertificatesIsTriedAsFarAsTheHandshake() {
    JsonNode told = test("secured");
    assertThat(part(told, "ok").asBoolean()).as(told.toString()).isTrue();
    assertThat(part(part(told, "certificate"), "subject").asText()).isEqualTo("CN=localhost");
    assertThat(told.toString()).contains("\"tls\"").doesNotContain("\"sent\"");
    assertThat(part(told, "message").isMissingNode()).isTrue();
  }

  @Test
  void aTestSaysWhatIsWrongAndIsNotForEverybody() {
    post(engineer, "$listener-pause", "mllp");
    try {
      JsonNode told = test("mllp");
      assertThat(part(told, "ok").asBoolean()).isFalse();
      assertThat(part(part(told, "step"), "fault").asText()).isEqualTo("paused");
      assertThat(part(told, "message").isMissingNode()).isTrue();
    } finally {
      post(engineer, "$listener-resume", "mllp");
    }
    assertThat(post(engineer, "$listener-test", "nobody").status()).isEqualTo(404);
    assertThat(post(hub.as(Scopes.ofEngineer("message.read")), "$listener-test", "mllp").status())
        .isEqualTo(403);
    assertThat(engineer.get("/fhir/$listener-test?name=mllp").status()).isNotEqualTo(200);
    assertThat(hub.http().get("/fhir/AuditEvent?entity-name=$listener-test").text())
        .contains("\"mllp\"");
  }
}

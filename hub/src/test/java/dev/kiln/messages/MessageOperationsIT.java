package dev.kiln.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.Messages;
import dev.kiln.RunningHub;
import dev.kiln.fhir.access.Scopes;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages are found by what people know of them, and show where everything came from. */
class MessageOperationsIT {

  private final RunningHub hub = RunningHub.get();
  private final Http http = hub.http();
  private final Inbox inbox = hub.bean(Inbox.class);
  private final MessageFormat hl7v2 = hub.bean("hl7v2Format", MessageFormat.class);
  private final JdbcClient jdbc = JdbcClient.create(hub.bean("inboxDataSource", DataSource.class));

  private String send(String message) {
    byte[] raw = message.replace('\n', '\r').getBytes(StandardCharsets.UTF_8);
    return new String(
        inbox.accept(hl7v2, raw, "test", Duration.ofSeconds(60)).bytes(), StandardCharsets.UTF_8);
  }

  private static String number() {
    return UUID.randomUUID().toString().substring(0, 12);
  }

  private String patient(String mrn) {
    return http.get("/fhir/Patient?identifier=" + mrn).json().at("/entry/0/resource/id").asText();
  }

  private List<String> controlIds(String query) {
    Answer answer = http.get("/fhir/$messages?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    for (JsonNode message : answer.json().path("parameter")) {
      if (message.path("name").asText().equals("message")) {
        ids.add(part(message, "control-id").path("valueString").asText());
      }
    }
    return ids;
  }

  private static JsonNode part(JsonNode parent, String name) {
    for (JsonNode part : parent.path("part")) {
      if (part.path("name").asText().equals(name)) {
        return part;
      }
    }
    return parent.path("absent");
  }

  private static JsonNode parameter(Answer answer, String name) {
    for (JsonNode parameter : answer.json().path("parameter")) {
      if (parameter.path("name").asText().equals(name)) {
        return parameter;
      }
    }
    throw new AssertionError("No " + name + " in " + answer.text());
  }

  @Test
  void findsByControlIdPatientTypeSenderTimeStateAndReason() {
    String mrn = number();
    Instant before = Instant.now();
    send(Messages.admission(mrn, "F" + mrn));
    send(Messages.admission(mrn, "G" + mrn));
    send("MSH|^~\\&|ODD|" + mrn + "|C|D|20260101||ADT^A01|H" + mrn + "|P|1.0\rPID|1");

    assertThat(controlIds("control-id=F" + mrn)).containsExactly("F" + mrn);
    assertThat(controlIds("patient=" + patient(mrn))).containsExactly("G" + mrn, "F" + mrn);
    assertThat(controlIds("patient=Patient/" + patient(mrn) + "&_count=1"))
        .containsExactly("G" + mrn);
    assertThat(controlIds("type=ADT%5EA01&received=ge" + before))
        .contains("F" + mrn, "G" + mrn)
        .doesNotHaveDuplicates();
    assertThat(controlIds("sender=ODD%7C" + mrn)).containsExactly("H" + mrn);
    assertThat(controlIds("sender=ODD%7C" + mrn + "&state=applied")).isEmpty();
    String reason = reason("H" + mrn);
    assertThat(reason).isNotEmpty();
    assertThat(controlIds("state=rejected&reason=" + reason + "&received=ge" + before))
        .contains("H" + mrn)
        .doesNotContain("F" + mrn);
    assertThat(controlIds("control-id=F" + mrn + "&received=lt" + before)).isEmpty();
  }

  private String reason(String controlId) {
    return part(parameter(http.get("/fhir/$messages?control-id=" + controlId), "message"), "reason")
        .path("valueCode")
        .asText();
  }

  @Test
  void aDeadLetterIsFoundByThePatientWhomItIsAbout() {
    String mrn = number();
    send(Messages.admission(mrn, "A" + mrn));
    send(Messages.admission(mrn, "B" + mrn));
    jdbc.sql("update message set state = 'failed', about = '{}' where control_id = :id")
        .param("id", "B" + mrn)
        .update();

    assertThat(controlIds("state=failed&patient=" + patient(mrn))).containsExactly("B" + mrn);
  }

  @Test
  void pagesHaveEveryMessageOnce() {
    String mrn = number();
    for (int i = 0; i < 5; i++) {
      send(Messages.admission(mrn, i + "-" + mrn));
    }
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      Answer page =
          http.get(
              "/fhir/$messages?_count=2&patient="
                  + patient(mrn)
                  + (next.isEmpty() ? "" : "&after=" + next));
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      next = "";
      for (JsonNode parameter : page.json().path("parameter")) {
        if (parameter.path("name").asText().equals("next")) {
          next = parameter.path("valueString").asText();
        } else {
          seen.add(part(parameter, "control-id").path("valueString").asText());
        }
      }
    } while (!next.isEmpty());
    assertThat(seen).containsExactly("4-" + mrn, "3-" + mrn, "2-" + mrn, "1-" + mrn, "0-" + mrn);
  }

  @Test
  void showsAWholeMessage() {
    String mrn = number();
    String message = Messages.admission(mrn, "W" + mrn) + "\rZZZ|1|nobody reads this";
    send(message);
    String id =
        part(parameter(http.get("/fhir/$messages?control-id=W" + mrn), "message"), "id")
            .path("valueString")
            .asText();

    Answer masked = http.get("/fhir/$message?id=" + id);
    Answer whole = reveal(http, id, "a test");

    assertThat(bytes(whole, "raw")).isEqualTo(message.replace('\n', '\r'));
    assertThat(whole.json().toString()).contains("ZZZ-2").contains("PID-5.1").contains("Kettle");
    assertThat(masked.json().toString())
        .contains("ZZZ-2", "PID-5.1", "Xxxx^Xxxx", "ADT^A01")
        .doesNotContain("Kettle", "Copper", "19700501", "Oven", "nobody reads", "\"" + mrn);
    assertThat(bytes(masked, "raw"))
        .startsWith(message.substring(0, message.indexOf('\n')))
        .doesNotContain("Kettle", mrn + "^");
    assertThat(bytes(masked, "acknowledgement")).contains("MSA|AA|W" + mrn);
    assertThat(parameter(masked, "masked").path("valueBoolean").asBoolean()).isTrue();
    assertThat(http.get("/fhir/$message?id=" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  private static String bytes(Answer answer, String name) {
    return new String(
        Base64.getDecoder().decode(parameter(answer, name).path("valueBase64Binary").asText()),
        StandardCharsets.UTF_8);
  }

  private static Answer reveal(Http as, String id, String reason) {
    return as.post(
        "/fhir/$message",
        """
        {"resourceType": "Parameters", "parameter": [
          {"name": "id", "valueString": "%s"}, {"name": "reason", "valueString": "%s"}]}
        """
            .formatted(id, reason));
  }

  private String sent(String controlId, String message) {
    send(message);
    return part(parameter(http.get("/fhir/$messages?control-id=" + controlId), "message"), "id")
        .path("valueString")
        .asText();
  }

  @Test
  void anEngineerSeesWhatMessagesSayForAReasonThatIsNoted() {
    String mrn = number();
    String id = sent("R" + mrn, Messages.admission(mrn, "R" + mrn));
    Http reader = hub.as(Scopes.ofEngineer("message.read"));
    Http revealer = hub.as(Scopes.ofEngineer("message.read", "message.reveal"));

    assertThat(reader.get("/fhir/$message?id=" + id).text()).doesNotContain("Kettle");
    assertThat(reveal(reader, id, "curious").status()).isEqualTo(403);
    Answer inAddress = revealer.get("/fhir/$message?id=" + id + "&reason=x");
    assertThat(inAddress.status()).isEqualTo(400);
    assertThat(inAddress.issues()).contains("reason");
    assertThat(http.get("/fhir/AuditEvent?entity-name=$message").text()).doesNotContain(id);

    Answer revealed = reveal(revealer, id, "the laboratory asks about " + mrn);

    assertThat(revealed.text()).contains("Kettle");
    JsonNode noted =
        http.get("/fhir/AuditEvent?entity-name=$message&_sort=-date&_count=1")
            .json()
            .at("/entry/0/resource");
    assertThat(noted.at("/purposeOfEvent/0/text").asText())
        .isEqualTo("the laboratory asks about " + mrn);
    assertThat(noted.at("/agent/0/altId").asText()).isEqualTo("engineer");
    assertThat(noted.at("/entity/1/what/identifier/value").asText()).isEqualTo(id);
  }

  @Test
  void ofWhatIsNoMessageOnlyTheShapeIsShown() {
    String id = UUID.randomUUID().toString().substring(0, 8);
    send("Dear Kettle " + id + ", born 1970");
    String found =
        jdbc.sql("select id::text from message where state = 'rejected' order by seq desc limit 1")
            .query(String.class)
            .single();

    Answer shown = http.get("/fhir/$message?id=" + found);

    assertThat(bytes(shown, "raw")).startsWith("Xxxx Xxxx ").endsWith("xxxx 99");
    assertThat(bytes(shown, "acknowledgement")).contains("MSA|AR");
    assertThat(parameter(shown, "detail").path("valueString").asText()).isNotEmpty();
  }

  @Test
  void tellsOfAResourceWhichMessagesAndFieldsItCameFrom() {
    String mrn = number();
    send(Messages.admission(mrn, "S" + mrn));

    Answer source = http.get("/fhir/Patient/" + patient(mrn) + "/$source");

    assertThat(source.status()).as(source.text()).isEqualTo(200);
    JsonNode told = parameter(source, "source");
    assertThat(part(told, "version").path("valueString").asText()).isEqualTo("1");
    assertThat(part(part(told, "message"), "control-id").path("valueString").asText())
        .isEqualTo("S" + mrn);
    List<String> elements = new ArrayList<>();
    told.path("part")
        .forEach(
            element ->
                elements.add(
                    part(element, "path").path("valueString").asText()
                        + "="
                        + part(element, "field").path("valueString").asText()));
    assertThat(elements).contains("name[0].family=PID-5.1", "identifier[0].value=PID-3.1");
    assertThat(http.get("/fhir/Patient/nobody/$source").json().has("parameter")).isFalse();
  }

  @Test
  void whatIsAskedWrongIsNamed() {
    for (String[] wrong :
        new String[][] {
          {"$messages?state=done", "state"},
          {"$messages?_count=0", "_count"},
          {"$messages?_count=201", "_count"},
          {"$messages?patient=a/b", "patient"},
          {"$messages?after=yesterday", "after"},
          {"$messages?received=soon", "received"},
          {"$messages?control=1", "control"},
          {"$message?id=1", "id"},
          {"$message", "id"}
        }) {
      Answer refused = http.get("/fhir/" + wrong[0]);
      assertThat(refused.status()).as(wrong[0] + refused.text()).isEqualTo(400);
      assertThat(refused.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
      assertThat(refused.issues()).as(wrong[0]).contains(wrong[1]);
    }
  }

  @Test
  void isClosedToAppsOfPersonsAndToNarrowServices() {
    for (Http other :
        List.of(
            hub.as(Scopes.ofUser("user/*.cruds")),
            hub.as(Scopes.ofPatient("1", "patient/*.cruds")),
            hub.as(Scopes.ofEngineer("message.replay", "message.reveal", "interface.control")),
            hub.as(Scopes.ofSystem("system/Patient.rs")))) {
      assertThat(other.get("/fhir/$messages").status()).isEqualTo(403);
      assertThat(other.get("/fhir/$message?id=" + UUID.randomUUID()).status()).isEqualTo(403);
      assertThat(other.get("/fhir/Observation/1/$source").status()).isEqualTo(403);
    }
    assertThat(hub.stranger().get("/fhir/$messages").status()).isEqualTo(401);
  }
}

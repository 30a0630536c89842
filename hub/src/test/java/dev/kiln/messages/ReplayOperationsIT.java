package dev.kiln.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.Messages;
import dev.kiln.RunningHub;
import dev.kiln.fhir.access.Scopes;
import dev.kiln.routes.RejectReason;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages are brought back in their order, and one sees before what that would change. */
class ReplayOperationsIT {

  private final RunningHub hub = RunningHub.get();
  private final Http http = hub.http();
  private final Http engineer =
      hub.as(Scopes.ofEngineer("message.read", "message.reveal", "message.replay"));
  private final Inbox inbox = hub.bean(Inbox.class);
  private final MessageFormat hl7v2 = hub.bean("hl7v2Format", MessageFormat.class);
  private final JdbcClient jdbc = JdbcClient.create(hub.bean("inboxDataSource", DataSource.class));

  private String send(String controlId, String message) {
    byte[] raw = message.replace('\n', '\r').getBytes(StandardCharsets.UTF_8);
    inbox.accept(hl7v2, raw, "test", Duration.ofSeconds(60));
    return jdbc.sql("select id::text from message where control_id = :id")
        .param("id", controlId)
        .query(String.class)
        .single();
  }

  private static String number() {
    return UUID.randomUUID().toString().substring(0, 12);
  }

  private JsonNode patient(String mrn) {
    return http.get("/fhir/Patient?identifier=" + mrn).json().at("/entry/0/resource");
  }

  private Answer post(Http as, String operation, String... namesAndValues) {
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String type = namesAndValues[i].equals("state") ? "valueCode" : "valueString";
      parameters.add(
          "{\"name\": \"%s\", \"%s\": \"%s\"}"
              .formatted(namesAndValues[i], type, namesAndValues[i + 1]));
    }
    return as.post(
        "/fhir/" + operation,
        "{\"resourceType\": \"Parameters\", \"parameter\": ["
            + String.join(",", parameters)
            + "]}");
  }

  private static List<String> outcomes(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> outcomes = new ArrayList<>();
    for (JsonNode parameter : answer.json().path("parameter")) {
      if (parameter.path("name").asText().equals("message")) {
        outcomes.add(
            parameter.at("/part/0/valueString").asText()
                + " "
                + parameter.at("/part/1/valueCode").asText());
      }
    }
    return outcomes;
  }

  @Test
  void aPreviewSaysWhatWouldChangeAndChangesNothing() {
    String mrn = number();
    String first = Messages.admission(mrn, "A" + mrn);
    send("A" + mrn, first);
    String later =
        first
            .replace("A" + mrn + "|", "B" + mrn + "|")
            .replace("20260301101500", "20260301111500")
            .replace("Springfield", "Shelbyville");
    String id = send("B" + mrn, later);
    JsonNode before = patient(mrn);

    Answer same = engineer.get("/fhir/$replay-preview?id=" + id);
    assertThat(same.status()).as(same.text()).isEqualTo(200);
    assertThat(same.text()).contains("\"none\"").doesNotContain("Shelbyville");

    String third =
        later
            .replace("B" + mrn + "|", "C" + mrn + "|")
            .replace("Shelbyville", "Ogdenville")
            .replace("20260301111500", "20260301121500");
    String waiting = sendRefused("C" + mrn, third);
    Answer preview =
        post(engineer, "$replay-preview", "id", waiting, "reason", "the address is wrong");

    assertThat(preview.text())
        .contains("\"address[0].city\"", "\"replace\"", "Shelbyville", "Ogdenville", "PID-11");
    assertThat(engineer.get("/fhir/$replay-preview?id=" + waiting).text())
        .contains("address[0].city", "Xxxx")
        .doesNotContain("Shelbyville", "Ogdenville");
    assertThat(patient(mrn)).isEqualTo(before);

    assertThat(outcomes(post(engineer, "$replay", "id", waiting)))
        .containsExactly(waiting + " applied");
    assertThat(patient(mrn).toString()).contains("Ogdenville").doesNotContain("Shelbyville");
  }

  /** Kept as refused, as if a reason had stood against it that is none any more. */
  private String sendRefused(String controlId, String message) {
    byte[] raw = message.replace('\n', '\r').getBytes(StandardCharsets.UTF_8);
    inbox.refuse(hl7v2, raw, "test", new Refusal(RejectReason.NOT_FRAMED, "", "A test."));
    return jdbc.sql("select id::text from message where control_id = :id")
        .param("id", controlId)
        .query(String.class)
        .single();
  }

  @Test
  void aPreviewSaysWhatANewerMessageKeeps() {
    String mrn = number();
    String first = Messages.admission(mrn, "A" + mrn);
    String id = send("A" + mrn, first);
    send(
        "B" + mrn,
        first
            .replace("A" + mrn + "|", "B" + mrn + "|")
            .replace("20260301101500", "20260302101500")
            .replace("Springfield", "Shelbyville"));

    Answer preview = engineer.get("/fhir/$replay-preview?id=" + id);

    assertThat(preview.text())
        .contains("\"kept\"", "Patient.address", "stale, a newer message has told it");
    assertThat(outcomes(post(engineer, "$replay", "id", id))).containsExactly(id + " applied");
    assertThat(patient(mrn).toString()).contains("Shelbyville").doesNotContain("Springfield");
  }

  @Test
  void severalComeBackInTheOrderInWhichTheyFirstCame() {
    String sender = number();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(sendRefused(i + sender, Messages.admission(number(), i + sender)));
    }
    jdbc.sql("update message set sender = :sender where id = any (:ids::uuid[])")
        .param("sender", sender)
        .param("ids", ids.toArray(String[]::new))
        .update();

    Answer first = post(engineer, "$replay", "sender", sender, "state", "rejected");

    assertThat(outcomes(first)).containsExactlyElementsOf(ids.stream().map(this::waiting).toList());
    assertThat(
            jdbc.sql(
                    "select id::text from message where sender = 'REG|HOSP' and control_id like :c"
                        + " order by seq")
                .param("c", "%" + sender)
                .query(String.class)
                .list())
        .containsExactlyElementsOf(ids);
    // Once more in pieces: they keep the order of their first arrival.
    for (int i = 0; i < ids.size(); i++) {
      awaitApplied(i + sender);
    }
    List<String> again = new ArrayList<>();
    String next = "0";
    do {
      Answer page =
          engineer.post(
              "/fhir/$replay",
              """
              {"resourceType": "Parameters", "parameter": [%s,
                {"name": "after", "valueString": "%s"}, {"name": "_count", "valueInteger": 2}]}
              """
                  .formatted(
                      String.join(
                          ",",
                          ids.stream()
                              .map(id -> "{\"name\":\"id\",\"valueString\":\"" + id + "\"}")
                              .toList()),
                      next));
      again.addAll(outcomes(page));
      JsonNode last = page.json().path("parameter").get(page.json().path("parameter").size() - 1);
      next = last.path("name").asText().equals("next") ? last.path("valueString").asText() : "";
    } while (!next.isEmpty());
    assertThat(again).containsExactlyElementsOf(ids.stream().map(this::waiting).toList());
  }

  private void awaitApplied(String controlId) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (jdbc.sql("select state from message where control_id = :id")
        .param("id", controlId)
        .query(String.class)
        .single()
        .equals("received")) {
      assertThat(System.nanoTime()).as("%s waits still", controlId).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private String waiting(String id) {
    return id + " waiting";
  }

  @Test
  void whatCannotBeReplayedIsSaid() {
    String refused = sendRefused();

    assertThat(post(engineer, "$replay").status()).isEqualTo(400);
    assertThat(post(engineer, "$replay", "sender", "A", "status", "failed").issues())
        .contains("status");
    assertThat(post(engineer, "$replay", "id", refused, "sender", "A").status()).isEqualTo(400);
    assertThat(post(engineer, "$replay", "id", "1").issues()).contains("id");
    assertThat(post(engineer, "$replay", "id", UUID.randomUUID().toString()).status())
        .isEqualTo(404);
    assertThat(engineer.get("/fhir/$replay-preview?id=" + UUID.randomUUID()).status())
        .isEqualTo(404);
    assertThat(post(engineer, "$replay", "id", refused).text()).contains("refused", "NOT_HL7");
    assertThat(engineer.get("/fhir/$replay-preview?id=" + refused).text()).contains("NOT_HL7");
  }

  private String sendRefused() {
    inbox.accept(hl7v2, number().getBytes(StandardCharsets.UTF_8), "test", Duration.ofSeconds(10));
    return jdbc.sql(
            "select id::text from message where state = 'rejected' order by seq desc limit 1")
        .query(String.class)
        .single();
  }

  @Test
  void isClosedToThoseWithoutTheRight() {
    String id = UUID.randomUUID().toString();
    for (Http other :
        List.of(
            hub.as(Scopes.ofUser("user/*.cruds")),
            hub.as(Scopes.ofEngineer("message.read")),
            hub.as(Scopes.ofSystem("system/*.rs")))) {
      assertThat(post(other, "$replay", "id", id).status()).isEqualTo(403);
    }
    assertThat(
            hub.as(Scopes.ofEngineer("message.replay"))
                .get("/fhir/$replay-preview?id=" + id)
                .status())
        .isEqualTo(403);
  }
}

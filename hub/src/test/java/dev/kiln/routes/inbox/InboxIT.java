package dev.kiln.routes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.Archived;
import dev.kiln.Http;
import dev.kiln.Messages;
import dev.kiln.RunningHub;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.InboxControl;
import dev.kiln.routes.control.InboxControl.State;
import dev.kiln.routes.control.MessageArchive.Whole;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the inbox keeps of a message, what it waits for, and how a message is brought back. */
class InboxIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RunningHub hub = RunningHub.get();
  private final Http fhir = hub.http();
  private final Inbox inbox = hub.bean(Inbox.class);
  private final MessageFormat hl7v2 = hub.bean("hl7v2Format", MessageFormat.class);
  private final JdbcClient jdbc = JdbcClient.create(hub.bean("inboxDataSource", DataSource.class));

  @Test
  void whoWaitsIsAcknowledgedWhenTheMessageCanBeRead() {
    String mrn = number();
    assertThat(accept(hl7v2, Messages.admission(mrn, "W" + mrn))).contains("MSA|AA|W" + mrn);
    assertThat(total("Patient?identifier=" + mrn)).isEqualTo(1);
    assertThat(accept(hl7v2, Messages.admission(mrn, "W" + mrn)))
        .as("a repetition waits for the first one's outcome")
        .contains("MSA|AA|W" + mrn);
  }

  @Test
  void whoWaitsForAMessageThatCannotBeAppliedIsTold() {
    String raw = "no HL7 " + number();
    assertThat(accept(new Gullible(hl7v2), raw)).contains("NOT_APPLIED");
    List<Whole> kept = Archived.withReason("UNTRANSLATABLE", raw::equals);
    assertThat(kept).singleElement().matches(one -> one.entry().state().name().equals("FAILED"));
    InboxControl.Result again = inbox.replay(kept.get(0).entry().id(), PATIENCE);
    assertThat(again).isEqualTo(new InboxControl.Result(State.REFUSED, "NOT_HL7"));
  }

  @Test
  void aReplayIsAnotherRunOfTheSameMessageAndChangesNothing() {
    String mrn = number();
    accept(hl7v2, Messages.admission(mrn, "R" + mrn));
    JsonNode before = row("control_id = 'R" + mrn + "'");
    MessageId id = new MessageId(UUID.fromString(before.path("id").asText()));
    assertThat(inbox.replay(id, PATIENCE)).isEqualTo(new InboxControl.Result(State.APPLIED, ""));
    JsonNode after = row("control_id = 'R" + mrn + "'");
    assertThat(after.path("run").asInt()).isEqualTo(1);
    assertThat(after.path("seq").asLong()).isGreaterThan(before.path("seq").asLong());
    JsonNode patient = fhir.get("/fhir/Patient?identifier=" + mrn).json();
    assertThat(patient.at("/entry/0/resource/meta/versionId").asText()).isEqualTo("1");
    assertThat(total("Provenance?target=Patient/" + patient.at("/entry/0/resource/id").asText()))
        .isEqualTo(1);
    assertThatThrownBy(() -> inbox.replay(new MessageId(UUID.randomUUID()), PATIENCE))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void theHubReplaysOnRequestOfItsOperator() {
    String mrn = number();
    accept(hl7v2, Messages.admission(mrn, "O" + mrn));
    String path = "/messages/" + row("control_id = 'O" + mrn + "'").path("id").asText() + "/replay";
    assertThat(hub.stranger().post(path, "").status()).isEqualTo(401);
    assertThat(fhir.post(path, "").json().path("state").asText()).isEqualTo("APPLIED");
    assertThat(fhir.post("/messages/" + UUID.randomUUID() + "/replay", "").status()).isEqualTo(404);
  }

  @Test
  void theTraceLeadsFromElementsToFieldsAndUnreadFieldsAreKept() throws Exception {
    String mrn = number();
    accept(hl7v2, Messages.admission(mrn, "T" + mrn) + "\rZZZ|1|nobody reads this");
    JsonNode row = row("control_id = 'T" + mrn + "'");
    JsonNode trace = new ObjectMapper().readTree(row.path("trace").asText());
    String patient =
        "Patient/"
            + fhir.get("/fhir/Patient?identifier=" + mrn).json().at("/entry/0/resource/id").asText()
            + "/_history/1";
    assertThat(trace.path(patient).path("name[0].family").asText()).isEqualTo("PID-5.1");
    assertThat(trace.path(patient).path("gender").asText()).startsWith("PID-8");
    assertThat(trace.path(patient).path("identifier[0].value").asText()).isEqualTo("PID-3.1");
    assertThat(trace.fieldNames()).toIterable().anyMatch(name -> name.startsWith("Encounter/"));
    assertThat(row.path("unread").toString()).contains("ZZZ-2");
  }

  private String accept(MessageFormat format, String message) {
    Answer answer =
        inbox.accept(
            format, message.replace('\n', '\r').getBytes(StandardCharsets.UTF_8), "test", PATIENCE);
    return new String(answer.bytes(), StandardCharsets.UTF_8);
  }

  private JsonNode row(String condition) {
    String json =
        jdbc.sql("select row_to_json(message)::text from message where " + condition)
            .query(String.class)
            .single();
    try {
      return new ObjectMapper().readTree(json);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private int total(String query) {
    return fhir.get("/fhir/" + query).json().path("total").asInt();
  }

  private static String number() {
    return UUID.randomUUID().toString().substring(0, 12);
  }

  /** Takes everything for a message, as an earlier release may have done. */
  private record Gullible(MessageFormat format) implements MessageFormat {

    @Override
    public String name() {
      return format.name();
    }

    @Override
    public Receipt judge(byte[] raw) {
      return new Receipt("ADT^A01", number(), "TEST", List.of(), false, null);
    }

    @Override
    public Optional<MessageBatch> batch(byte[] raw) {
      return format.batch(raw);
    }

    @Override
    public Charset charset(byte[] raw) {
      return format.charset(raw);
    }

    @Override
    public byte[] acknowledge(byte[] raw, Receipt receipt) {
      return (receipt.isAccepted() ? "AA" : receipt.refusal().reason().name())
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Translation translate(byte[] raw) {
      return format.translate(raw);
    }
  }
}

package dev.kiln.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.Messages;
import dev.kiln.Mllp;
import dev.kiln.RunningHub;
import dev.kiln.routes.control.InboxControl;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** ADT^A40 from the socket to a merged record, and what comes in for either number afterwards. */
class MergePatientIT {

  private final RunningHub hub = RunningHub.get();
  private final Http fhir = hub.http();
  private final JdbcClient inbox = JdbcClient.create(hub.bean("inboxDataSource", DataSource.class));

  @Test
  void whatPointedToTheOnePointsToTheOtherAndBothNumbersLeadThere() throws Exception {
    String old = number();
    String kept = number();
    send(Messages.admission(old, "1" + old));
    send(Messages.result(old, "2" + old));
    send(Messages.admission(kept, "3" + old));
    String merged = patient("1" + old);
    String survivor = patient("3" + old);
    send(Messages.merge(kept, old, "4" + old));

    assertThat(fhir.get("/fhir/" + merged).json().path("active").asBoolean(true)).isFalse();
    assertThat(fhir.get("/fhir/" + merged).json().at("/link/0/type").asText())
        .isEqualTo("replaced-by");
    assertThat(total("Observation?subject=" + merged)).isZero();
    assertThat(total("Observation?subject=" + survivor)).isEqualTo(1);
    assertThat(total("Encounter?subject=" + survivor)).isEqualTo(2);

    send(Messages.result(old, "5" + old));
    assertThat(total("DiagnosticReport?subject=" + survivor)).isEqualTo(1);
    assertThat(total("DiagnosticReport?subject=" + merged)).isZero();
    assertThat(fhir.get("/fhir/" + merged).json().path("active").asBoolean(true)).isFalse();

    String before = version(merged);
    send(Messages.merge(old, kept, "6" + old));
    send(Messages.merge(kept, old, "7" + old));
    assertThat(state("6" + old)).as("the inverse finds them one already").isEqualTo("applied");
    assertThat(fhir.get("/fhir/" + merged).json().path("active").asBoolean(true)).isFalse();
    assertThat(version(merged)).isEqualTo(before);
  }

  @Test
  void aMergeOfSomebodyUnknownIsKeptForWhatComesLater() throws Exception {
    String old = number();
    String kept = number();
    send(Messages.merge(kept, old, "1" + old));
    send(Messages.admission(old, "2" + old));
    String survivor = patient("1" + old);
    assertThat(total("Encounter?subject=" + survivor)).isEqualTo(1);
  }

  @Test
  void aReplayedMergeChangesNothing() throws Exception {
    String old = number();
    String kept = number();
    send(Messages.admission(old, "1" + old));
    send(Messages.admission(kept, "2" + old));
    send(Messages.merge(kept, old, "3" + old));
    String survivor = patient("2" + old);
    String before = version(survivor);
    assertThat(
            hub.bean(InboxControl.class).replay(message("3" + old), Duration.ofSeconds(30)).state())
        .isEqualTo(InboxControl.State.APPLIED);
    await("3" + old);
    assertThat(state("3" + old)).isEqualTo("applied");
    assertThat(version(survivor)).isEqualTo(before);
  }

  private void send(String message) throws Exception {
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      assertThat(sender.send(message)).contains("MSA|AA");
    }
    await(message.split("\\|")[9]);
  }

  private void await(String control) throws InterruptedException {
    for (int tries = 0; tries < 600 && state(control).equals("received"); tries++) {
      Thread.sleep(50);
    }
    assertThat(state(control)).as(reason(control)).isEqualTo("applied");
  }

  private String reason(String control) {
    return inbox
        .sql("select coalesce(reason, '') from message where control_id = :control")
        .param("control", control)
        .query(String.class)
        .single();
  }

  private String state(String control) {
    return inbox
        .sql("select state from message where control_id = :control")
        .param("control", control)
        .query(String.class)
        .single();
  }

  private MessageId message(String control) {
    return new MessageId(
        inbox
            .sql("select id from message where control_id = :control")
            .param("control", control)
            .query(UUID.class)
            .single());
  }

  /** The patient that a message told of, by its Provenance. */
  private String patient(String control) {
    JsonNode provenance =
        fhir.get("/fhir/Provenance?_count=100&_sort=-_lastUpdated").json().path("entry");
    String id = message(control).toString();
    for (JsonNode entry : provenance) {
      if (entry.at("/resource/entity/0/what/identifier/value").asText().equals(id)) {
        return entry.at("/resource/target/0/reference").asText();
      }
    }
    throw new AssertionError("No Provenance of " + control);
  }

  private int total(String query) {
    return fhir.get("/fhir/" + query).json().path("total").asInt();
  }

  private String version(String reference) {
    return fhir.get("/fhir/" + reference).json().at("/meta/versionId").asText();
  }

  private static String number() {
    return UUID.randomUUID().toString().substring(0, 12);
  }
}

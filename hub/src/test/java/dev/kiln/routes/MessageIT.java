package dev.kiln.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Archived;
import dev.kiln.Http;
import dev.kiln.Messages;
import dev.kiln.Mllp;
import dev.kiln.RunningHub;
import dev.kiln.routes.control.MessageArchive;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** From a socket to FHIR: what a message says can be read, once, and leads back to the message. */
class MessageIT {

  private final RunningHub hub = RunningHub.get();
  private final Http fhir = hub.http();

  @Test
  void anAdmissionAndAResultCanBeReadThroughFhir() throws Exception {
    String mrn = UUID.randomUUID().toString().substring(0, 12);
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      assertThat(sender.send(Messages.admission(mrn, "A1" + mrn))).contains("MSA|AA|A1" + mrn);
      assertThat(sender.send(Messages.result(mrn, "R1" + mrn))).contains("MSA|AA|R1" + mrn);
    }
    JsonNode patient = await("Patient?identifier=" + mrn);
    assertThat(patient.at("/name/0/family").asText()).isEqualTo("Kettle");
    assertThat(patient.path("gender").asText()).isEqualTo("female");
    assertThat(patient.at("/address/0/city").asText())
        .as("ORU has no address and must not remove it")
        .isEqualTo("Springfield");
    String reference = "Patient/" + patient.path("id").asText();
    JsonNode observation = await("Observation?subject=" + reference);
    assertThat(observation.at("/valueQuantity/value").decimalValue()).isEqualByComparingTo("5.60");
    assertThat(fhir.get("/fhir/Observation?subject=" + reference).text())
        .as("the precision as sent")
        .contains("\"value\":5.60");
    JsonNode encounter = await("Encounter?subject=" + reference);
    assertThat(encounter.at("/class/code").asText()).isEqualTo("IMP");
    assertThat(encounter.path("status").asText())
        .as("the ORU says nothing of it")
        .isEqualTo("in-progress");
    assertThat(await("DiagnosticReport?subject=" + reference).path("status").asText())
        .isEqualTo("final");

    JsonNode provenance = fhir.get("/fhir/Provenance?target=" + reference).json();
    assertThat(provenance.path("total").asInt()).isEqualTo(2);
    String message = provenance.at("/entry/0/resource/entity/0/what/identifier/value").asText();
    try (Connection connection = inbox();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery("select state from message where id = '" + message + "'")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("applied");
    }
    assertThat(
            hub.bean(MessageArchive.class)
                .read(new MessageId(UUID.fromString(message)))
                .orElseThrow()
                .raw())
        .asString()
        .contains(mrn);
  }

  @Test
  void aRepeatedMessageIsOneMessage() throws Exception {
    String mrn = UUID.randomUUID().toString().substring(0, 12);
    String message = Messages.admission(mrn, "A2" + mrn);
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      for (int i = 0; i < 3; i++) {
        assertThat(sender.send(message)).contains("MSA|AA|A2" + mrn);
      }
    }
    await("Patient?identifier=" + mrn);
    assertThat(rows("control_id = 'A2" + mrn + "'")).isEqualTo(1);
    JsonNode patient = await("Patient?identifier=" + mrn);
    assertThat(patient.at("/meta/versionId").asText()).isEqualTo("1");
    assertThat(
            fhir.get("/fhir/Provenance?target=Patient/" + patient.path("id").asText())
                .json()
                .path("total")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void anAdmissionOfSomebodyEnteredByHandMeetsThatPatient() throws Exception {
    String mrn = UUID.randomUUID().toString().substring(0, 12);
    String byHand =
        fhir.post(
                "/fhir/Patient",
                """
                {"resourceType":"Patient","identifier":[{"system":"urn:oid:2.999.7","value":"%s"},{"system":"urn:card","value":"C%s"}],
                 "name":[{"family":"Handwritten"}],"photo":[{"title":"kept"}]}"""
                    .formatted(mrn, mrn))
            .id();
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      sender.send(Messages.admission(mrn, "A3" + mrn));
    }
    JsonNode encounter = await("Encounter?subject=Patient/" + byHand);
    assertThat(encounter.at("/subject/reference").asText()).isEqualTo("Patient/" + byHand);
    JsonNode patient = fhir.get("/fhir/Patient/" + byHand).json();
    assertThat(patient.path("name").findValuesAsText("family"))
        .as("what a person entered stays")
        .containsExactly("Handwritten", "Kettle");
    assertThat(patient.at("/photo/0/title").asText()).isEqualTo("kept");
    assertThat(patient.path("identifier").findValuesAsText("system"))
        .contains("urn:card", "urn:oid:2.999.7");
    assertThat(fhir.get("/fhir/Patient?identifier=" + mrn).json().path("total").asInt())
        .isEqualTo(1);
  }

  @Test
  void refusedMessagesAreKeptWithTheirReason() throws Exception {
    String id = UUID.randomUUID().toString().substring(0, 12);
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      assertThat(sender.send("MSH|^~\\&|A|B|C|D|20260101|||" + id + "|P|2.5\rPID|1||1"))
          .contains("MSA|AR|" + id)
          .contains("ERR|");
      assertThat(sender.send("this is not HL7 " + id)).contains("MSA|AR");
      assertThat(sender.send(Messages.admission("after" + id, "A4" + id)))
          .as("the listener lives on")
          .contains("MSA|AA");
    }
    assertThat(
            rows(
                "state = 'rejected' and reason = 'UNSUPPORTED_MESSAGE_TYPE' and control_id = '"
                    + id
                    + "'"))
        .isEqualTo(1);
    assertThat(Archived.withReason("NOT_HL7", raw -> raw.contains(id)))
        .singleElement()
        .matches(message -> message.entry().state() == MessageArchive.State.REJECTED);
  }

  private JsonNode await(String query) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (Instant.now().isBefore(end)) {
      JsonNode found = fhir.get("/fhir/" + query).json();
      if (found.path("total").asInt() == 1) {
        return found.at("/entry/0/resource");
      }
      assertThat(found.path("total").asInt()).as(query).isZero();
      Thread.sleep(100);
    }
    throw new AssertionError("Never found: " + query);
  }

  private int rows(String condition) throws SQLException {
    try (Connection connection = inbox();
        ResultSet count =
            connection
                .createStatement()
                .executeQuery("select count(*) from message where " + condition)) {
      count.next();
      return count.getInt(1);
    }
  }

  private Connection inbox() throws SQLException {
    return hub.bean("inboxDataSource", DataSource.class).getConnection();
  }
}

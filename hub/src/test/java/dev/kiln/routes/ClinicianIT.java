package dev.kiln.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kiln.Http;
import dev.kiln.Mllp;
import dev.kiln.RunningHub;
import dev.kiln.routes.control.InboxControl;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A clinician corrects patients over REST while messages about them come in, late ones and repeated
 * ones among them. Whatever the order, what the clinician entered is there at the end, what the
 * clinician removed is not, and the rest is what the newest message says.
 */
class ClinicianIT {

  private static final int PATIENTS = 8;
  private static final int STEPS = 25;

  private final RunningHub hub = RunningHub.get();
  private final Http fhir = hub.http();
  private final JdbcClient inbox = JdbcClient.create(hub.bean("inboxDataSource", DataSource.class));

  @Test
  void theCliniciansEntriesSurviveLateAndRepeatedMessages() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Chart> charts = new ArrayList<>();
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      for (int i = 0; i < PATIENTS; i++) {
        Chart chart = new Chart(UUID.randomUUID().toString().substring(0, 12));
        charts.add(chart);
        chart.message(sender, 500);
      }
      drained();
      for (int step = 0; step < STEPS * PATIENTS; step++) {
        Chart chart = charts.get(random.nextInt(PATIENTS));
        switch (random.nextInt(7)) {
          case 0, 1, 2 -> chart.message(sender, 1 + random.nextInt(1000));
          case 3 -> chart.replay(random);
          case 4 -> chart.enterBirthDate(LocalDate.of(2000, 1, 1).plusDays(step));
          case 5 -> chart.addPhone("clinic-" + step);
          default -> chart.removePhone(random);
        }
      }
    }
    drained();
    for (Chart chart : charts) {
      chart.check("seed " + seed);
    }
    assertThat(charts).as("there was something to lose").anyMatch(chart -> chart.entered != null);
  }

  /** The next message about that patient must not wait for ever for the number's first owner. */
  @Test
  void aNumberThatAPersonEntersForTwoPatientsDoesNotHoldUpTheirMessages() throws Exception {
    Chart chart = new Chart(UUID.randomUUID().toString().substring(0, 12));
    String number = "shared-" + chart.mrn;
    fhir.post(
        "/fhir/Patient",
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:clinic\",\"value\":\"%s\"}]}"
            .formatted(number));
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      chart.message(sender, 1);
      drained();
      ObjectNode patient =
          (ObjectNode)
              fhir.get("/fhir/Patient?identifier=" + chart.mrn).json().at("/entry/0/resource");
      ((ArrayNode) patient.withArray("identifier"))
          .addObject()
          .put("system", "urn:clinic")
          .put("value", number);
      String path = "/fhir/Patient/" + patient.path("id").asText();
      assertThat(fhir.put(path, patient.toString()).status()).isEqualTo(200);
      chart.message(sender, 2);
      drained();
      assertThat(fhir.get(path).json().at("/birthDate").asText()).isEqualTo(chart.birthDate(2));
    }
  }

  private void drained() throws InterruptedException {
    for (int tries = 0; tries < 1200 && waiting() > 0; tries++) {
      Thread.sleep(50);
    }
    assertThat(waiting()).isZero();
  }

  private long waiting() {
    return inbox
        .sql("select count(*) from message where state = 'received'")
        .query(Long.class)
        .single();
  }

  /** One patient, as the store has it and as it should be. */
  private final class Chart {

    private final String mrn;
    private final List<String> controls = new ArrayList<>();
    private final Set<Integer> times = new TreeSet<>();
    private final Set<String> added = new HashSet<>();
    private final Set<String> removed = new HashSet<>();
    private String entered;
    private int newest;

    private Chart(String mrn) {
      this.mrn = mrn;
    }

    private void message(Mllp sender, int time) throws Exception {
      if (!times.add(time)) {
        return;
      }
      newest = Math.max(newest, time);
      String control = time + "-" + mrn;
      controls.add(control);
      String evn =
          LocalDateTime.of(2026, 1, 1, 0, 0)
              .plusMinutes(time)
              .format(DateTimeFormatter.ofPattern("yyyyMMddHHmmss"));
      String message =
          String.join(
              "\r",
              "MSH|^~\\&|REG|HOSP|KILN|HUB|" + evn + "||ADT^A08^ADT_A01|" + control + "|P|2.5.1",
              "EVN|A08|" + evn,
              "PID|1||%s^^^HOSP&2.999.7&ISO^MR||Kettle^Copper||%s|F|||||%s-a~%s-b"
                  .formatted(mrn, birthDate(time).replace("-", ""), time, time));
      assertThat(sender.send(message)).contains("MSA|AA|" + control);
    }

    private void replay(Random random) {
      String control = controls.get(random.nextInt(controls.size()));
      UUID id =
          inbox
              .sql("select id from message where control_id = :control and state <> 'received'")
              .param("control", control)
              .query(UUID.class)
              .optional()
              .orElse(null);
      if (id != null) {
        hub.bean(InboxControl.class).replay(new MessageId(id), Duration.ZERO);
      }
    }

    private void enterBirthDate(LocalDate date) {
      edit(patient -> patient.put("birthDate", date.toString()));
      entered = date.toString();
    }

    private void addPhone(String number) {
      edit(
          patient ->
              patient.withArray("telecom").addObject().put("system", "phone").put("value", number));
      added.add(number);
    }

    private void removePhone(Random random) {
      String[] gone = new String[1];
      edit(
          patient -> {
            ArrayNode telecom = patient.withArray("telecom");
            gone[0] = null;
            if (telecom.size() > 0) {
              int at = random.nextInt(telecom.size());
              gone[0] = telecom.get(at).path("value").asText();
              telecom.remove(at);
            }
            if (telecom.isEmpty()) {
              patient.remove("telecom");
            }
          });
      // There may have been none to remove.
      if (gone[0] != null) {
        added.remove(gone[0]);
        removed.add(gone[0]);
      }
    }

    /** Reads, changes and writes with If-Match, as often as somebody else was faster. */
    private void edit(java.util.function.Consumer<ObjectNode> change) {
      for (int tries = 0; tries < 50; tries++) {
        ObjectNode patient = (ObjectNode) read();
        change.accept(patient);
        String version = patient.at("/meta/versionId").asText();
        Http.Answer answer =
            fhir.put(
                "/fhir/Patient/" + patient.path("id").asText(),
                patient.toString(),
                "If-Match",
                "W/\"" + version + "\"");
        if (answer.status() == 200) {
          return;
        }
        assertThat(answer.status()).isIn(409, 412);
      }
      throw new AssertionError("Somebody else was always faster");
    }

    private JsonNode read() {
      JsonNode found = fhir.get("/fhir/Patient?identifier=urn:oid:2.999.7%7C" + mrn).json();
      assertThat(found.path("total").asInt()).isEqualTo(1);
      return found.at("/entry/0/resource");
    }

    private void check(String seed) {
      JsonNode patient = read();
      assertThat(patient.path("birthDate").asText())
          .as(seed)
          .isEqualTo(entered == null ? birthDate(newest) : entered);
      Set<String> expected = new TreeSet<>(added);
      expected.add(newest + "-a");
      expected.add(newest + "-b");
      expected.removeAll(removed);
      assertThat(new TreeSet<>(patient.path("telecom").findValuesAsText("value")))
          .as(seed)
          .isEqualTo(expected);
    }

    private String birthDate(int time) {
      return LocalDate.of(1900, 1, 1).plusDays(time).toString();
    }
  }
}

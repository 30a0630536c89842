package dev.kiln.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.Messages;
import dev.kiln.RunningHub;
import dev.kiln.fhir.access.Scopes;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.archive.PartnerTable;
import dev.kiln.routes.settings.RoutesSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is peculiar to a sender is seen, tried and changed while its messages come. */
class SitesIT {

  private final RunningHub hub = RunningHub.get();
  private final Http http = hub.http();
  private final Http engineer = hub.as(Scopes.ofEngineer("message.read", "site.write"));
  private final Inbox inbox = hub.bean(Inbox.class);
  private final MessageFormat hl7v2 = hub.bean("hl7v2Format", MessageFormat.class);
  private final JdbcClient jdbc = JdbcClient.create(hub.bean("inboxDataSource", DataSource.class));
  private final Path folder = hub.bean(RoutesSettings.class).sites();
  private final String number = UUID.randomUUID().toString().substring(0, 12);
  private final String facility = "F" + number;
  private final String name = "site-" + number;

  private String send(String controlId, String message) {
    byte[] raw = message.replace('\n', '\r').getBytes(StandardCharsets.UTF_8);
    inbox.accept(hl7v2, raw, "test", Duration.ofSeconds(60));
    return jdbc.sql("select id::text from message where control_id = :id")
        .param("id", controlId)
        .query(String.class)
        .single();
  }

  /** An admission with a segment of the sender's own. */
  private String admission(String mrn, String controlId) {
    return Messages.admission(mrn, controlId).replace("REG|HOSP|", "REG|" + facility + "|")
        + "\nZPI|vegan";
  }

  private String profile() {
    return """
        application: REG
        facility: %s
        source: Ward %s
        fields:
          ZPI-1: {extension: 'https://north.example/diet', of: Patient}
        """
        .formatted(facility, number);
  }

  private static Answer post(Http as, String operation, String... namesAndValues) {
    ObjectNode body = new ObjectMapper().createObjectNode().put("resourceType", "Parameters");
    ArrayNode parameters = body.putArray("parameter");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters
          .addObject()
          .put("name", namesAndValues[i])
          .put("valueString", namesAndValues[i + 1]);
    }
    return as.post("/fhir/" + operation, body.toString());
  }

  private static List<JsonNode> all(String name, JsonNode parameters) {
    List<JsonNode> found = new ArrayList<>();
    parameters.forEach(
        one -> {
          if (one.path("name").asText().equals(name)) {
            found.add(one);
          }
        });
    return found;
  }

  private static List<JsonNode> answered(String name, Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return all(name, answer.json().path("parameter"));
  }

  private static String part(JsonNode parameter, String name) {
    List<JsonNode> parts = all(name, parameter.path("part"));
    if (parts.isEmpty()) {
      return null;
    }
    for (String type : List.of("valueString", "valueCode", "valueInteger", "valueInstant")) {
      if (parts.get(0).has(type)) {
        return parts.get(0).path(type).asText();
      }
    }
    return null;
  }

  private List<String> names() {
    return answered("profile", engineer.get("/fhir/$site-profiles")).stream()
        .map(profile -> part(profile, "name"))
        .toList();
  }

  private String patient(String mrn) {
    return http.get("/fhir/Patient?identifier=" + mrn).text();
  }

  @Test
  void aProfileIsTriedSavedAndRemovedWhileMessagesCome() throws IOException {
    String id = send("A" + number, admission("1" + number, "A" + number));
    assertThat(patient("1" + number)).doesNotContain("vegan");

    List<JsonNode> tried =
        answered("message", post(engineer, "$site-profile-try", "name", name, "text", profile()));

    assertThat(tried).hasSize(1);
    assertThat(part(tried.get(0), "id")).isEqualTo(id);
    assertThat(part(tried.get(0), "control-id")).isEqualTo("A" + number);
    assertThat(part(tried.get(0), "before")).isEqualTo("accepted");
    assertThat(part(tried.get(0), "after")).isEqualTo("accepted");
    assertThat(all("element", tried.get(0).path("part")))
        .extracting(
            element -> part(element, "resource"),
            element -> part(element, "path"),
            element -> part(element, "change"),
            element -> part(element, "before"),
            element -> part(element, "after"),
            element -> part(element, "field"))
        .contains(
            tuple("message", "source", "replace", facility, "Ward " + number, "MSH-4"),
            tuple(
                "Patient[1]",
                "extension[0].url",
                "add",
                null,
                "https://north.example/diet",
                "ZPI-1"),
            tuple("Patient[1]", "extension[0].value", "add", null, "xxxx", "ZPI-1"));
    assertThat(names()).doesNotContain(name);
    assertThat(folder.resolve(name + ".yaml")).doesNotExist();
    assertThat(
            answered(
                "message",
                post(engineer, "$site-profile-try", "name", name, "text", profile(), "id", id)))
        .hasSize(1);

    Answer saved = post(engineer, "$site-profile-save", "name", name, "text", profile());

    assertThat(answered("profile", saved)).hasSize(1);
    assertThat(names()).contains(name);
    JsonNode listed =
        answered("profile", engineer.get("/fhir/$site-profiles")).stream()
            .filter(one -> name.equals(part(one, "name")))
            .findFirst()
            .orElseThrow();
    assertThat(part(listed, "text")).isEqualTo(profile());
    assertThat(part(listed, "application")).isEqualTo("REG");
    assertThat(part(listed, "facility")).isEqualTo(facility);
    assertThat(Instant.parse(part(listed, "changed"))).isBeforeOrEqualTo(Instant.now());
    assertThat(folder.resolve(name + ".yaml")).hasContent(profile());
    assertThat(http.get("/fhir/AuditEvent?entity-name=$site-profile-save").text()).contains(name);
    send("B" + number, admission("2" + number, "B" + number));
    assertThat(patient("2" + number)).contains("https://north.example/diet", "vegan");

    assertThat(post(engineer, "$site-profile-remove", "name", name).status()).isEqualTo(200);

    assertThat(names()).doesNotContain(name);
    assertThat(folder.resolve(name + ".yaml")).doesNotExist();
    try (Stream<Path> history = Files.list(folder.resolve("history"))) {
      assertThat(history).anyMatch(file -> file.getFileName().toString().startsWith(name + "-"));
    }
    send("C" + number, admission("3" + number, "C" + number));
    assertThat(patient("3" + number)).contains("3" + number).doesNotContain("vegan");
  }

  @Test
  void whatIsWrongIsToldWithItsLine() {
    String wrong = "facility: " + facility + "\ntimezone: UTC";
    Answer refused = post(engineer, "$site-profile-save", "name", name, "text", wrong);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.issues()).contains("line 2: there is no setting timezone.");
    List<JsonNode> problem =
        answered("problem", post(engineer, "$site-profile-try", "name", name, "text", wrong));
    assertThat(part(problem.get(0), "line")).isEqualTo("2");
    assertThat(part(problem.get(0), "text")).isEqualTo("there is no setting timezone");
    assertThat(names()).doesNotContain(name);

    answered("profile", post(engineer, "$site-profile-save", "name", name, "text", profile()));
    Answer second =
        post(engineer, "$site-profile-save", "name", name + "-2", "text", "facility: " + facility);
    assertThat(second.status()).isEqualTo(400);
    assertThat(second.issues()).contains(name + "-2 and " + name + " are for the same sender");
    answered("profile", post(engineer, "$site-profile-save", "name", name, "text", profile()));
    post(engineer, "$site-profile-remove", "name", name);

    assertThat(
            post(engineer, "$site-profile-save", "name", "../" + name, "text", profile()).status())
        .isEqualTo(400);
    assertThat(folder.resolveSibling(name + ".yaml")).doesNotExist();
    assertThat(post(engineer, "$site-profile-save", "name", name).status()).isEqualTo(400);
    assertThat(post(engineer, "$site-profile-remove", "name", name).status()).isEqualTo(404);
    String absent = UUID.randomUUID().toString();
    assertThat(
            post(engineer, "$site-profile-try", "name", name, "text", profile(), "id", absent)
                .status())
        .isEqualTo(404);
  }

  @Test
  void isClosedToThoseWithoutTheRight() {
    for (Http other :
        List.of(
            hub.as(Scopes.ofUser("user/*.cruds")),
            hub.as(Scopes.ofEngineer("message.read")),
            hub.as(Scopes.ofSystem("system/*.rs")))) {
      assertThat(post(other, "$site-profile-save", "name", name, "text", profile()).status())
          .isEqualTo(403);
      assertThat(post(other, "$site-profile-remove", "name", name).status()).isEqualTo(403);
    }
    Http writer = hub.as(Scopes.ofEngineer("site.write"));
    assertThat(writer.get("/fhir/$site-profiles").status()).isEqualTo(403);
    assertThat(writer.get("/fhir/$partner-report").status()).isEqualTo(403);
    Http reader = hub.as(Scopes.ofEngineer("message.read"));
    assertThat(post(reader, "$site-profile-try", "name", name, "text", profile()).status())
        .isEqualTo(403);
  }

  @Test
  void aReportTellsWhatASenderSendsInVain() {
    String plain = admission("4" + number, "D" + number).replace("\nZPI|vegan", "");
    send("D" + number, plain);
    String odd =
        admission("5" + number, "E" + number)
            .replace("PV1|1|I|", "PV1|1|X|")
            .replace("|19700501|F|", "|19700501|Q|");
    send("E" + number, odd);
    String latest = send("G" + number, odd.replace("E" + number, "G" + number));
    send("J" + number, odd.replace("E" + number, "J" + number).replace("|2.5.1", "|1.0"));
    String sender = "REG|" + facility;

    List<JsonNode> senders =
        answered("sender", engineer.get("/fhir/$partner-report?sender=REG%7C" + facility));

    assertThat(senders).hasSize(1);
    assertThat(part(senders.get(0), "sender")).isEqualTo(sender);
    assertThat(part(senders.get(0), "messages")).isEqualTo("3");
    assertThat(all("unread", senders.get(0).path("part")))
        .extracting(
            unread -> part(unread, "field"),
            unread -> part(unread, "messages"),
            unread -> part(unread, "message"))
        .contains(tuple("ZPI-1", "2", latest));
    assertThat(all("unmapped", senders.get(0).path("part")))
        .extracting(
            unmapped -> part(unmapped, "field"),
            unmapped -> part(unmapped, "system"),
            unmapped -> part(unmapped, "messages"),
            unmapped -> part(unmapped, "message"),
            unmapped -> part(unmapped, "code"))
        .containsExactlyInAnyOrder(
            tuple("PV1-2", "http://terminology.hl7.org/CodeSystem/v2-0004", "2", latest, "X"),
            // What stands there may be a name.
            tuple("PID-8", "http://terminology.hl7.org/CodeSystem/v2-0001", "2", latest, null));
    assertThat(answered("sender", engineer.get("/fhir/$partner-report")))
        .anyMatch(one -> sender.equals(part(one, "sender")));
    assertThat(
            answered(
                "sender",
                engineer.get(
                    "/fhir/$partner-report?received=ge2001-01-01&received=lt2002-01-01&sender=REG%7C"
                        + facility)))
        .isEmpty();
    assertThat(engineer.get("/fhir/$partner-report?received=yesterday").status()).isEqualTo(400);
  }

  /** Where there are more messages than are looked at, the latest count, and that is told. */
  @Test
  void aReportIsCutWhereThereAreTooManyMessages() {
    send("H" + number, admission("6" + number, "H" + number));
    send("I" + number, admission("7" + number, "I" + number));
    PartnerTable few = new PartnerTable(jdbc, 1);

    var report = few.of("REG|" + facility, Instant.now().minus(Duration.ofHours(1)), null);

    assertThat(report.partners()).singleElement().matches(partner -> partner.messages() == 1);
    assertThat(report.since()).isPresent();
    assertThat(
            new PartnerTable(jdbc)
                .of("REG|" + facility, Instant.now().minus(Duration.ofHours(1)), null)
                .since())
        .isEmpty();
  }
}

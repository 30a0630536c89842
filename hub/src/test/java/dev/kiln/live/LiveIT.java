package dev.kiln.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http.Answer;
import dev.kiln.Messages;
import dev.kiln.RunningHub;
import dev.kiln.fhir.access.Scopes;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A screen hears that something has come, by a ticket that is good once. */
class LiveIT {

  private static final String NOTHING = "{\"resourceType\": \"Parameters\"}";

  private final RunningHub hub = RunningHub.get();

  private String ticket() {
    Answer answer = hub.as(Scopes.ofEngineer("message.read")).post("/fhir/$live-ticket", NOTHING);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().at("/parameter/0/valueString").asText();
  }

  private HttpResponse<InputStream> open(String ticket) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(hub.base() + "/live?ticket=" + ticket)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
  }

  @Test
  void tellsThatAMessageHasCome() throws Exception {
    HttpResponse<InputStream> stream = open(ticket());
    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(stream.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    String mrn = UUID.randomUUID().toString().substring(0, 12);
    hub.bean(Inbox.class)
        .accept(
            hub.bean("hl7v2Format", MessageFormat.class),
            Messages.admission(mrn, mrn).replace('\n', '\r').getBytes(StandardCharsets.UTF_8),
            "test",
            Duration.ZERO);

    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("event:change");
      String first = lines.readLine();
      assertThat(first).contains("\"waiting\":", "\"failed\":", "\"received\":");
      String line = first;
      while (line.equals(first) || !line.startsWith("data:")) {
        line = lines.readLine();
      }
      assertThat(line).isNotEqualTo(first);
    }
  }

  @Test
  void aTicketIsGoodOnceAndOfNobodyElses() throws Exception {
    String ticket = ticket();
    open(ticket).body().close();

    assertThat(open(ticket).statusCode()).isEqualTo(401);
    assertThat(open("made-up").statusCode()).isEqualTo(401);
    assertThat(open("").statusCode()).isEqualTo(401);
    assertThat(hub.as(Scopes.ofUser("user/*.cruds")).post("/fhir/$live-ticket", NOTHING).status())
        .isEqualTo(403);
  }
}

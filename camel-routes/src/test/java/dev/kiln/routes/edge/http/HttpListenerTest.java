package dev.kiln.routes.edge.http;

import static dev.kiln.routes.edge.KeptMessages.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.control.ListenerControl.Fault;
import dev.kiln.routes.control.ListenerControl.Stage;
import dev.kiln.routes.control.ListenerControl.State;
import dev.kiln.routes.control.ListenerControl.Step;
import dev.kiln.routes.control.ListenerControl.Trial;
import dev.kiln.routes.edge.JudgedMessages;
import dev.kiln.routes.edge.KeptMessages;
import dev.kiln.routes.edge.KeptMessages.Refused;
import dev.kiln.routes.edge.Listeners;
import dev.kiln.routes.hl7v2.nmd.NmdTestMessages;
import dev.kiln.routes.settings.Acknowledge;
import dev.kiln.routes.settings.HttpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What is on the wire, at the web server that the hub has. */
@Timeout(60)
class HttpListenerTest {

  private static final int LIMIT = 64 << 10;
  private static final String HL7 = "application/hl7-v2;charset=UTF-8";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final KeptMessages kept = new KeptMessages();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final HttpListener lab =
      new HttpListener(
          "lab",
          new HttpSettings(
              DataSize.ofBytes(LIMIT),
              DataSize.ofBytes(2L * LIMIT),
              Acknowledge.ON_COMMIT,
              Duration.ZERO),
          Duration.ofSeconds(2),
          kept,
          step -> {},
          metrics);
  private final Tomcat server = new Tomcat();

  @TempDir Path folder;

  @BeforeEach
  void open() throws Exception {
    server.setBaseDir(folder.toString());
    server.setPort(0);
    Context context = server.addContext("", null);
    Tomcat.addServlet(context, "hl7v2", new Hl7OverHttpServlet(Map.of("lab", lab)));
    context.addServletMappingDecoded("/hl7v2/*", "hl7v2");
    server.getConnector();
    server.start();
    lab.start();
  }

  @AfterEach
  void close() throws Exception {
    kept.released.countDown();
    lab.stop();
    server.stop();
    server.destroy();
  }

  @Test
  void aMessageIsTakenInAndAcknowledged() throws Exception {
    HttpResponse<String> answer = post(message("M1"), HL7);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("AA M1");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/hl7-v2;charset=ISO-8859-1");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(post(message("M2"), "Application/HL7-v2").statusCode()).isEqualTo(200);
    assertThat(kept.accepted).containsExactly(message("M1"), message("M2"));
    assertThat(requests(200)).isEqualTo(2);
    assertThat(metrics.get("kiln.http.received").counter().count())
        .isEqualTo(message("M1").length() + message("M2").length());
    assertThat(lab.told().lastMessage()).isPresent();
    assertThat(lab.told().kind()).isEqualTo("http");
    assertThat(lab.told().address()).isEqualTo("/hl7v2/lab");
  }

  @Test
  void theStatusGoesWithTheAcknowledgement() throws Exception {
    assertThat(post(message("M1", "version 3"), HL7).statusCode()).isEqualTo(400);
    HttpResponse<String> notApplied = post(message("M2", "not applied"), HL7);
    assertThat(notApplied.statusCode()).isEqualTo(500);
    assertThat(notApplied.body()).isEqualTo("AE M2");
    HttpResponse<String> notStored = post(message("M3", "disk full"), HL7);
    assertThat(notStored.statusCode()).isEqualTo(503);
    assertThat(notStored.body()).isEqualTo("AE M3");
    assertThat(notStored.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(post(message("M4", "fault"), HL7).statusCode()).isEqualTo(503);
    assertThat(post(message("M5", "overflow"), HL7).body()).isEqualTo("AE M5");
    HttpResponse<String> silent = post(message("M6", "silent"), HL7);
    assertThat(silent.statusCode()).isEqualTo(204);
    assertThat(silent.body()).isEmpty();
  }

  @Test
  void whatIsNoMessageInPipesIsOfTheWrongType() throws Exception {
    for (String type :
        new String[] {
          "application/json",
          "application/hl7-v2+xml",
          "text/plain",
          "application/hl7-v2;charset=klingon",
          "nonsense"
        }) {
      assertThat(post(message("M1"), type).statusCode()).as(type).isEqualTo(415);
    }
    HttpRequest.Builder packed = request("lab", message("M1"), HL7);
    assertThat(send(packed.header("Content-Encoding", "gzip")).statusCode()).isEqualTo(415);
    assertThat(send(request("ward", message("M1"), HL7)).statusCode()).isEqualTo(404);
    assertThat(send(request("lab", "", HL7).GET()).statusCode()).isEqualTo(405);
    assertThat(kept.accepted).isEmpty();
  }

  @Test
  void whatIsTooLargeIsRefusedAndItsBeginningKept() throws Exception {
    String large = message("M1", "x".repeat(3 * LIMIT));
    assertThat(post(message("M0", "x".repeat(LIMIT - 200)), HL7).statusCode()).isEqualTo(200);
    HttpResponse<String> answer = post(message("M1", "x".repeat(LIMIT)), HL7);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).isEqualTo("AR M1");
    assertThat(kept.refused)
        .containsExactly(new Refused(RejectReason.FRAME_TOO_LARGE, large.substring(0, LIMIT)));
    assertThat(post(message("M2"), HL7).statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyThatIsBrokenOffIsNoMessage() throws Exception {
    try (Socket socket = socket()) {
      begin(socket.getOutputStream(), message("M1").length() + 10, message("M1"));
    }
    for (int tries = 0; lab.told().connections() > 0 || tries < 10; tries++) {
      Thread.sleep(50);
    }
    assertThat(kept.accepted).isEmpty();
    assertThat(post(message("M2"), HL7).body()).isEqualTo("AA M2");
  }

  @Test
  void aBodyThatTricklesIsNotWaitedForEver() throws Exception {
    try (Socket socket = socket()) {
      OutputStream out = socket.getOutputStream();
      begin(out, 1000, "MSH|");
      for (int i = 0; i < 5; i++) {
        Thread.sleep(600);
        out.write('x');
        out.flush();
      }
      byte[] answer = new byte[12];
      assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
    }
    assertThat(kept.accepted).isEmpty();
    assertThat(requests(408)).isEqualTo(1);
  }

  @Test
  void aPauseLetsWhatHasComeBeAnswered() throws Exception {
    CompletableFuture<HttpResponse<String>> waiting =
        CLIENT.sendAsync(
            request("lab", message("M1", "wait"), HL7).build(),
            HttpResponse.BodyHandlers.ofString());
    kept.begun.await();
    assertThat(lab.told().connections()).isEqualTo(1);
    CompletableFuture<Void> pausing = CompletableFuture.runAsync(lab::pause);
    while (lab.told().state() != State.DRAINING) {
      Thread.sleep(10);
    }
    HttpResponse<String> refused = post(message("M2"), HL7);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(pausing).isNotDone();
    kept.released.countDown();
    assertThat(waiting.get().body()).isEqualTo("AA M1");
    pausing.get();
    assertThat(lab.told().state()).isEqualTo(State.PAUSED);
    assertThat(post(message("M3"), HL7).statusCode()).isEqualTo(503);
    lab.start();
    assertThat(post(message("M4"), HL7).statusCode()).isEqualTo(200);
    assertThat(kept.accepted).containsExactly(message("M1", "wait"), message("M4"));
  }

  private double requests(int status) {
    return metrics
        .get("kiln.http.requests")
        .tags("listener", "lab", "status", String.valueOf(status))
        .counter()
        .count();
  }

  private HttpResponse<String> post(String body, String type) throws Exception {
    return send(request("lab", body, type));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String listener, String body, String type) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/hl7v2/" + listener))
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body));
  }

  private int port() {
    return server.getConnector().getLocalPort();
  }

  private Socket socket() throws IOException {
    return new Socket(InetAddress.getByName("localhost"), port());
  }

  private static void begin(OutputStream out, int length, String body) throws IOException {
    String head =
        "POST /hl7v2/lab HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/hl7-v2\r\n"
            + "Content-Length: "
            + length
            + "\r\n\r\n";
    out.write(KeptMessages.bytes(head + body));
    out.flush();
  }

  @Test
  void aTestMessageIsHandedToTheListenerAndIsNoSignOfLife() {
    JudgedMessages judged = new JudgedMessages();
    HttpListener web =
        new HttpListener(
            "web",
            new HttpSettings(
                DataSize.ofBytes(LIMIT),
                DataSize.ofBytes(2L * LIMIT),
                Acknowledge.ON_COMMIT,
                Duration.ZERO),
            Duration.ofSeconds(2),
            judged,
            step -> {},
            new SimpleMeterRegistry());
    Listeners listeners = new Listeners(Map.of("web", web), new NmdTestMessages(Clock.systemUTC()));
    listeners.start();
    Trial trial = listeners.test("web");
    assertThat(trial.isGood()).as(trial.steps().toString()).isTrue();
    assertThat(trial.steps())
        .extracting(Step::stage)
        .containsExactly(Stage.SENT, Stage.ACKNOWLEDGED);
    assertThat(trial.steps().get(0).text()).contains("token");
    assertThat(judged.accepted).hasSize(1);
    assertThat(web.told().lastMessage()).isEmpty();
    listeners.stop();
    assertThat(listeners.test("web").steps().get(0).fault()).isEqualTo(Fault.PAUSED);
  }
}

package dev.kiln.routes.alert.way;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.kiln.routes.alert.AlertSettings;
import dev.kiln.routes.control.AdminAddress;
import dev.kiln.routes.control.Watch.Condition;
import dev.kiln.routes.control.Watch.Kind;
import dev.kiln.routes.settings.WrongAlerts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookWayTest {

  private static final String SECRET = "sixteen letters!";
  private static final Instant NOW = Instant.parse("2026-03-01T10:15:00Z");

  @TempDir private Path folder;
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String body;
  private String signature;
  private String timestamp;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            signature = exchange.getRequestHeaders().getFirst("X-Kiln-Signature");
            timestamp = exchange.getRequestHeaders().getFirst("X-Kiln-Timestamp");
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private WebhookWay way(String secret) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), secret);
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/alerts?team=a");
    return new WebhookWay(new AlertSettings.Webhook(url, file), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Notice notice() {
    return Notice.of(
        Notice.RAISED,
        new Condition(Kind.DEAD_LETTERS, "", "LAB|HOSP", "STORE_REFUSED", 100, NOW, 0),
        NOW,
        new AdminAddress("https://kiln.example.org/apps/admin/"));
  }

  @Test
  void theReceiverCanTellWhomItIsFromAndWhen() throws Exception {
    way(SECRET + "\n").tell(notice());
    assertThat(requests).containsExactly("POST /alerts?team=a");
    assertThat(timestamp).isEqualTo(Long.toString(NOW.getEpochSecond()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertThat(signature)
        .isEqualTo(
            "sha256="
                + HexFormat.of()
                    .formatHex(
                        mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8))));
    JsonNode told = new ObjectMapper().readTree(body);
    assertThat(told.path("kind").asText()).isEqualTo("dead-letters");
    assertThat(told.path("event").asText()).isEqualTo("raised");
    assertThat(told.path("count").asInt()).isEqualTo(100);
    assertThat(told.path("since").asText()).isEqualTo("2026-03-01T10:15:00Z");
  }

  @Test
  void whatIsNoSuccessIsAFailureAndARedirectIsNotFollowed() throws Exception {
    WebhookWay way = way(SECRET);
    for (int failure : new int[] {500, 503, 400, 302, 307}) {
      status = failure;
      assertThatThrownBy(() -> way.tell(notice()))
          .isInstanceOf(IOException.class)
          .hasMessage("The webhook answers " + failure);
    }
    assertThat(requests).hasSize(5).containsOnly("POST /alerts?team=a");
    server.stop(0);
    assertThatThrownBy(() -> way.tell(notice())).isInstanceOf(IOException.class);
  }

  @Test
  void aSecretThatCanBeGuessedIsRefused() {
    assertThatThrownBy(() -> way("short"))
        .isInstanceOf(WrongAlerts.class)
        .hasMessageContaining("webhook.secret-file")
        .hasMessageContaining("too short");
  }
}

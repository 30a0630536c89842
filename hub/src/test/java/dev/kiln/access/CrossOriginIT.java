package dev.kiln.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a browser lets a page of another origin do, and how apps find the way to a token. */
class CrossOriginIT {

  private final RunningHub hub = RunningHub.get();

  @Test
  void aRegisteredAppMayAskAndCall() throws IOException {
    String asked = preflight(RunningHub.APP_ORIGIN, "PUT", "authorization,content-type,if-match");
    assertThat(asked)
        .startsWith("http/1.1 200")
        .contains("access-control-allow-origin: https://app.example.org")
        .doesNotContain("access-control-allow-credentials");
    String called = called(RunningHub.APP_ORIGIN);
    assertThat(called)
        .startsWith("http/1.1 200")
        .contains("access-control-allow-origin: https://app.example.org")
        .contains("access-control-expose-headers:")
        .contains("vary: origin");
  }

  @Test
  void noOtherOriginMay() throws IOException {
    for (String origin :
        new String[] {
          "https://evil.example",
          "https://app.example.org.evil.example",
          "null",
          "http://app.example.org"
        }) {
      assertThat(preflight(origin, "GET", "authorization"))
          .startsWith("http/1.1 403")
          .doesNotContain("access-control-allow");
      assertThat(called(origin)).doesNotContain("access-control-allow");
    }
  }

  @Test
  void aRegisteredAppStillNeedsItsToken() throws IOException {
    assertThat(
            raw(
                "GET /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nOrigin: "
                    + RunningHub.APP_ORIGIN))
        .startsWith("http/1.1 401")
        .contains("access-control-allow-origin: https://app.example.org");
  }

  @Test
  void theStatementSaysWhereTokensAreHad() {
    Answer statement = hub.stranger().get("/fhir/metadata");
    JsonNode security = statement.json().at("/rest/0/security");
    assertThat(security.at("/service/0/coding/0/code").asText()).isEqualTo("SMART-on-FHIR");
    assertThat(security.at("/extension/0/url").asText()).endsWith("/oauth-uris");
    assertThat(security.at("/extension/0/extension").findValuesAsText("url"))
        .containsExactly("authorize", "token", "introspect", "revoke", "manage");
    assertThat(security.at("/extension/0/extension/1/valueUri").asText())
        .isEqualTo(hub.base() + "/oauth2/token");
  }

  private String preflight(String origin, String method, String headers) throws IOException {
    return raw(
        "OPTIONS /fhir/Patient/1 HTTP/1.1\r\nHost: localhost\r\nOrigin: "
            + origin
            + "\r\nAccess-Control-Request-Method: "
            + method
            + "\r\nAccess-Control-Request-Headers: "
            + headers);
  }

  private String called(String origin) throws IOException {
    return raw(
        "GET /fhir/Patient?_count=1 HTTP/1.1\r\nHost: localhost\r\nOrigin: "
            + origin
            + "\r\nAuthorization: Bearer "
            + hub.token());
  }

  /** Java's client sends no Origin. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
      OutputStream out = socket.getOutputStream();
      out.write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .toLowerCase(Locale.ROOT);
    }
  }
}

package dev.kiln.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers get 401 everywhere but where a table says so. */
class ClosedIT {

  private final RunningHub hub = RunningHub.get();
  private final Http stranger = hub.stranger();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/live",
        "/apps/../fhir/Patient",
        "/apps/..;/fhir/Patient",
        "/apps/%2e%2e/fhir/Patient",
        "/fhir",
        "/fhir/metadata/",
        "/fhir/metadata/../Patient",
        "/fhir/metadata;/../Patient",
        "/fhir/Patient",
        "/fhir/swagger-ui/",
        "/fhir/api-docs",
        "/actuator",
        "/actuator/prometheus",
        "/actuator/health",
        "/actuator/health/warm",
        "/actuator/health/readiness/",
        "/actuator/health/liveness/../../prometheus",
        "/actuator/health/liveness;/../../prometheus",
        "/actuator/health/liveness/..;/..;/prometheus",
        "//fhir/Patient",
        "/fhir/../fhir/Patient",
        "/actuator/health/%2e%2e/prometheus",
        "/error",
        "/nonsense",
        "/.well-known/../fhir/Patient",
        "/.well-known/..;/fhir/Patient",
        "/.well-known/%2e%2e/fhir/Patient",
        "/oauth2//../fhir/Patient",
        "/accounts",
        "/messages/1/replay"
      })
  void strangersStayOutside(String path) throws IOException {
    assertThat(rawGet(path))
        .startsWith("HTTP/1.1 40")
        .doesNotContain("CapabilityStatement")
        .doesNotContain("# HELP");
    assertThat(rawGet(path)).containsPattern("HTTP/1.1 40[01]");
  }

  @Test
  void theRefusalIsAnOperationOutcomeWithAChallenge() {
    Answer answer = stranger.get("/fhir/Patient");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .anyMatch(value -> value.startsWith("Bearer"));
    assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(answer.id()).isEqualTo(answer.header("X-Request-ID"));
  }

  @Test
  void wrongCredentials() {
    String token = hub.token();
    String[] wrong = {
      "Bearer",
      "Bearer ",
      "Bearer x",
      "Bearer " + token + "x",
      "Bearer " + token.substring(1),
      "bearer",
      "Basic " + token,
      basic("kiln-operator", token),
      "Digest " + token,
      token,
      basic("x", "y")
    };
    for (String authorization : wrong) {
      assertThat(stranger.get("/fhir/Patient", "Authorization", authorization).status())
          .as(authorization.replace(token, "TOKEN"))
          .isEqualTo(401);
    }
  }

  /** FHIR wants it so; it tells what the server can do and nothing of anybody. */
  @Test
  void theCapabilityStatementIsOpenAndOnlyToBeRead() {
    Answer answer = stranger.get("/fhir/metadata");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("resourceType").asText()).isEqualTo("CapabilityStatement");
    assertThat(stranger.post("/fhir/metadata", "{\"resourceType\":\"Patient\"}").status())
        .isBetween(400, 405);
    assertThat(stranger.get("/fhir/metadata?_getpages=1").text()).doesNotContain("Bundle");
  }

  @Test
  void aTokenOfNobodysIsNamedInvalid() {
    assertThat(stranger.get("/fhir/Patient").header("WWW-Authenticate")).doesNotContain("error=");
    assertThat(
            stranger
                .get("/fhir/Patient", "Authorization", "Bearer something-else")
                .header("WWW-Authenticate"))
        .contains("error=\"invalid_token\"");
  }

  @Test
  void theProbesAreOpenAndTellNothing() {
    for (String probe : new String[] {"liveness", "readiness"}) {
      Answer answer = stranger.get("/actuator/health/" + probe);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  void secretsAreReadableByTheirOwnerAlone() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(hub.data().resolve("operator.key"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(hub.data().resolve("administrator"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(hub.data().resolve("auth.key"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(hub.data().resolve("postgres/password"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(hub.data().resolve("postgres"))))
        .isEqualTo("rwx------");
  }

  @Test
  void linksDoNotFollowAForgedHost() throws IOException {
    String answer =
        raw(
            "GET /fhir/Patient HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nAuthorization: Bearer "
                + hub.token());
    assertThat(answer).contains(hub.base()).doesNotContain("evil.example");
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private String rawGet(String path) throws IOException {
    return raw("GET " + path + " HTTP/1.1\r\nHost: localhost");
  }

  /** A client library would tidy the path before it sends it. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
      OutputStream out = socket.getOutputStream();
      out.write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

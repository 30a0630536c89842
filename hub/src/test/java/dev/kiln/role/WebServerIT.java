package dev.kiln.role;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.HubProcess;
import dev.kiln.Operator;
import dev.kiln.OwnKey;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HTTPS with the operator's own certificate, an address that is not the one bound, and a proxy in
 * front.
 */
class WebServerIT {

  @TempDir static Path data;

  private static Path keys;
  private static Path password;
  private static int port;
  private static HubProcess hub;

  @BeforeAll
  static void start() throws Exception {
    keys = OwnKey.in(data.resolve("keys.p12"));
    password = Files.writeString(data.resolve("keys.password"), OwnKey.PASSWORD + "\n");
    port = RunningHub.freePort();
    String[] settings = {
      "--kiln.https.key-store=" + keys,
      "--kiln.https.password-file=" + password,
      "--kiln.base-url=https://fhir.example.org",
      "--kiln.trusted-proxies=127.0.0.1"
    };
    hub = new HubProcess(data, port, RunningHub.freePort(), settings);
    HttpRequest ready =
        HttpRequest.newBuilder(
                URI.create("https://localhost:" + port + "/actuator/health/readiness"))
            .build();
    Instant end = Instant.now().plus(Duration.ofMinutes(8));
    while (!isReady(ready)) {
      if (Instant.now().isAfter(end)) {
        throw new IOException("The hub was not ready in time: " + hub.console());
      }
      Thread.sleep(300);
    }
  }

  private static boolean isReady(HttpRequest ready) throws Exception {
    try {
      return client().send(ready, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      // Nothing listens yet.
      return false;
    }
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void httpsBaseUrlAndTrustedProxy() throws Exception {
    HttpClient client = client();
    Operator operator =
        new Operator(
            client,
            "https://localhost:" + port,
            "https://fhir.example.org",
            data.resolve("operator.key"));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/fhir/Patient"))
                .header("Authorization", "Bearer " + operator.get())
                .header("X-Forwarded-For", "192.0.2.7")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(answer.body()).at("/link/0/url").asText())
        .isEqualTo("https://fhir.example.org/fhir/Patient");
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();

    HttpResponse<String> metrics =
        client.send(
            HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/actuator/prometheus"))
                .header("Authorization", "Bearer " + operator.get())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(metrics.body())
        .containsPattern("kiln_certificate_expiry_seconds\\{listener=\"https\"\\} 17[12]\\d{3}");

    Process status =
        HubProcess.java(
            data,
            List.of("status"),
            "KILN_PORT=" + port,
            "KILN_BASEURL=https://fhir.example.org",
            "KILN_HTTPS_KEYSTORE=" + keys,
            "KILN_HTTPS_PASSWORDFILE=" + password);
    assertThat(status.waitFor()).as(() -> "status over HTTPS").isZero();
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, 0x0303, true", "TLSv1.1, 0x0302, false", "TLSv1, 0x0301, false"})
  @DisplayName(
      "standalone_auth_tls, standalone_token_tls, ehr_auth_tls, ehr_token_tls,"
          + " smart_backend_services_token_tls_version, tls: nothing older than TLS 1.2 is taken")
  void takesNothingOld(String version, int number, boolean isTaken) throws IOException {
    ClientHello hello = new ClientHello(number);
    ClientHello.Answer answer = hello.sendTo("localhost", port);
    assertThat(answer).isEqualTo(isTaken ? ClientHello.TAKEN : ClientHello.VERSION_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  @DisplayName("standalone_auth_tls and the others: TLS 1.2 and 1.3 carry a request")
  void takes(String version) throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(trusting(keys))
            .sslParameters(new SSLParameters(null, new String[] {version}))
            .build();
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "https://localhost:" + port + "/fhir/.well-known/smart-configuration"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
  }

  private static HttpClient client() throws Exception {
    return HttpClient.newBuilder().sslContext(trusting(keys)).build();
  }

  private static SSLContext trusting(Path keys) throws Exception {
    KeyStore own = KeyStore.getInstance(keys.toFile(), OwnKey.PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("kiln", own.getCertificate("kiln"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}

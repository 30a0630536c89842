package dev.kiln.role;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.HubProcess;
import dev.kiln.Operator;
import dev.kiln.RunningHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * HTTPS with the operator's own certificate, an address that is not the one bound, and a proxy in
 * front.
 */
class WebServerIT {

  @Test
  void httpsBaseUrlAndTrustedProxy(@TempDir Path data) throws Exception {
    Path keys = data.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    new ProcessBuilder(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "kiln",
            "-keyalg",
            "EC",
            "-storetype",
            "PKCS12",
            "-keystore",
            keys.toString(),
            "-storepass",
            "changeit-1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-validity",
            "2")
        .inheritIO()
        .start()
        .waitFor();
    Path password = Files.writeString(data.resolve("keys.password"), "changeit-1\n");
    int port = RunningHub.freePort();
    String[] settings = {
      "--kiln.https.key-store=" + keys,
      "--kiln.https.password-file=" + password,
      "--kiln.base-url=https://fhir.example.org",
      "--kiln.trusted-proxies=127.0.0.1"
    };
    try (HubProcess hub = new HubProcess(data, port, RunningHub.freePort(), settings)) {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(keys)).build();
      HttpRequest ready =
          HttpRequest.newBuilder(
                  URI.create("https://localhost:" + port + "/actuator/health/readiness"))
              .build();
      for (int i = 0; i < 600; i++) {
        try {
          if (client.send(ready, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
            break;
          }
        } catch (java.io.IOException e) {
          // Nothing listens yet.
        }
        Thread.sleep(300);
      }
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
              HttpRequest.newBuilder(
                      URI.create("https://localhost:" + port + "/actuator/prometheus"))
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
  }

  private static SSLContext trusting(Path keys) throws Exception {
    KeyStore own = KeyStore.getInstance(keys.toFile(), "changeit-1".toCharArray());
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

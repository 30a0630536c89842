package dev.kiln.command;

import dev.kiln.role.HubSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The hub on this machine, asked over the address that it binds. */
final class Local {

  private final HubSettings settings;
  private final HttpClient client;

  Local(HubSettings settings) throws IOException, GeneralSecurityException {
    this.settings = settings;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3));
    if (settings.https() != null) {
      // The certificate names the public address and not the one that is bound, so only its key is
      // compared.
      System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
      builder.sslContext(trusting(settings.https()));
    }
    client = builder.build();
  }

  /**
   * @return the answer's status and body
   * @throws IOException where nothing answers
   */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        request(path).timeout(Duration.ofSeconds(20)).GET().build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a FHIR resource, with the token. */
  HttpResponse<String> post(String path, Path body) throws IOException, InterruptedException {
    return client.send(
        request(path)
            .timeout(Duration.ofMinutes(5))
            .header("Content-Type", "application/fhir+json")
            .POST(HttpRequest.BodyPublishers.ofFile(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks for something to be done, with the token. */
  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return client.send(
        request(path)
            .timeout(Duration.ofMinutes(1))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) throws IOException {
    String host = settings.bindAddress().equals("0.0.0.0") ? "127.0.0.1" : settings.bindAddress();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create(
                (settings.https() == null ? "http" : "https")
                    + "://"
                    + host
                    + ":"
                    + settings.port()
                    + path));
    if (Files.isReadable(settings.tokenFile())) {
      request.header("Authorization", "Bearer " + Files.readString(settings.tokenFile()).strip());
    }
    return request;
  }

  private static SSLContext trusting(HubSettings.Https https)
      throws IOException, GeneralSecurityException {
    KeyStore own =
        KeyStore.getInstance(
            https.keyStore().toFile(),
            Files.readString(https.passwordFile()).strip().toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (String alias : java.util.Collections.list(own.aliases())) {
      trusted.setCertificateEntry(alias, own.getCertificate(alias));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}

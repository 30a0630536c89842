package dev.kiln.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.operator.OperatorKey;
import dev.kiln.role.HubSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

/** The hub on this machine, asked over the address that it binds. */
final class Local {

  /** Before it ends, after five minutes. */
  private static final Duration RENEWED_AFTER = Duration.ofMinutes(4);

  private final HubSettings settings;
  private final HttpClient client;
  private String token;
  private Instant renew;

  Local(HubSettings settings) throws IOException, GeneralSecurityException {
    this.settings = settings;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3));
    if (settings.https() != null) {
      // The certificate names the public address and not the one that is bound, so only its key is
      // compared.
      System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
      builder.sslContext(
          OwnCertificate.trusted(settings.https().keyStore(), settings.https().passwordFile()));
    }
    client = builder.build();
  }

  /**
   * @return the answer's status and body
   * @throws IOException where nothing answers
   */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).timeout(Duration.ofSeconds(20)).GET().build());
  }

  /** The same, with the token. */
  HttpResponse<String> getAsOperator(String path) throws IOException, InterruptedException {
    return send(asOperator(path).timeout(Duration.ofSeconds(20)).GET().build());
  }

  /** Sends a FHIR resource, with the token. */
  HttpResponse<String> post(String path, Path body) throws IOException, InterruptedException {
    return send(
        asOperator(path)
            .timeout(Duration.ofMinutes(5))
            .header("Content-Type", "application/fhir+json")
            .POST(HttpRequest.BodyPublishers.ofFile(body))
            .build());
  }

  /** Sends JSON, with the token. */
  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        asOperator(path)
            .timeout(Duration.ofMinutes(1))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  /** Asks for something to be done, with the token. */
  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send(
        asOperator(path)
            .timeout(Duration.ofMinutes(1))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /** Asks for something to be removed, with the token. */
  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(asOperator(path).timeout(Duration.ofMinutes(1)).DELETE().build());
  }

  /** Why the hub did not do what it was asked, by its own word where it gives one. */
  static String reason(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper()
        .readTree(answer.body())
        .path("error")
        .asText("The hub answered " + answer.statusCode());
  }

  private HttpRequest.Builder asOperator(String path) throws IOException, InterruptedException {
    if (token == null || Instant.now().isAfter(renew)) {
      renew = Instant.now().plus(RENEWED_AFTER);
      token = token();
    }
    return request(path).header("Authorization", "Bearer " + token);
  }

  /**
   * A fresh access token of the operator's.
   *
   * @throws IOException where nothing answers, or the hub does not know the key
   */
  String token() throws IOException, InterruptedException {
    String endpoint = "/oauth2/token";
    String form =
        "grant_type=client_credentials&scope="
            + URLEncoder.encode("system/*.cruds", StandardCharsets.UTF_8)
            + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
            + "&client_assertion="
            + OperatorKey.read(settings.operatorKeyFile()).assertion(settings.base() + endpoint);
    HttpResponse<String> answer =
        send(
            request(endpoint)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "The hub at "
              + settings.base()
              + " does not take the key in "
              + settings.operatorKeyFile());
    }
    return new ObjectMapper().readTree(answer.body()).path("access_token").asText();
  }

  /** The exception of a refused connection has no message that would help anybody. */
  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new IOException(
          "Kiln does not run at " + settings.base() + "; start it with ./kiln start", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    String host = settings.bindAddress().equals("0.0.0.0") ? "127.0.0.1" : settings.bindAddress();
    return HttpRequest.newBuilder(
        URI.create(
            (settings.https() == null ? "http" : "https")
                + "://"
                + host
                + ":"
                + settings.port()
                + path));
  }
}

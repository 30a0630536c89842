package dev.kiln.bench.hub;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What a hub answers over HTTP. */
final class Api {

  /** Before it ends, after five minutes. */
  private static final Duration RENEWED_AFTER = Duration.ofMinutes(4);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private final URI root;
  private final Path key;
  private String token;
  private Instant renew = Instant.MIN;

  /**
   * @param root its address, without a path
   * @param key file of the operator's key, which the hub makes at its first start
   */
  Api(URI root, Path key) {
    this.root = root;
    this.key = key;
  }

  /**
   * Asks as the operator.
   *
   * @param path from the root, or a whole address of this hub
   * @throws IOException where nothing answers
   */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).header("Authorization", "Bearer " + token()));
  }

  /** Asks what is open to everybody. */
  HttpResponse<String> getOpenly(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  private synchronized String token() throws IOException, InterruptedException {
    if (Instant.now().isAfter(renew)) {
      String endpoint = root + "/oauth2/token";
      String form =
          "grant_type=client_credentials&scope=system%2F*.cruds"
              + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
              + "&client_assertion="
              + OperatorAssertion.of(key, endpoint);
      HttpResponse<String> answer =
          send(
              request("/oauth2/token")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(form)));
      if (answer.statusCode() != 200) {
        throw new IOException("The hub gave no token: " + answer.body());
      }
      token = new ObjectMapper().readTree(answer.body()).path("access_token").asText();
      renew = Instant.now().plus(RENEWED_AFTER);
    }
    return token;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofMinutes(3));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}

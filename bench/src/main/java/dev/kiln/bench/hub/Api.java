package dev.kiln.bench.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.bench.key.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What a hub answers over HTTP. */
public final class Api {

  /** Before it ends, after five minutes. */
  private static final Duration RENEWED_AFTER = Duration.ofMinutes(4);

  private static final String OPERATOR = "kiln-operator";
  private static final ObjectMapper JSON = new ObjectMapper();

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
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).header("Authorization", "Bearer " + token()));
  }

  /** Asks what is open to everybody. */
  HttpResponse<String> getOpenly(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /**
   * Writes or registers something as the operator.
   *
   * @return what was answered
   * @throws IOException also where it was not done
   */
  public JsonNode send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return done(
        send(
            request(path)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))));
  }

  /**
   * What the token endpoint answers.
   *
   * @throws IOException also where it gives no token
   */
  public JsonNode token(Form form) throws IOException, InterruptedException {
    return done(send(form.post(request("/oauth2/token"))));
  }

  private synchronized String token() throws IOException, InterruptedException {
    if (Instant.now().isAfter(renew)) {
      Form form = Form.of("grant_type", "client_credentials", "scope", "system/*.cruds");
      String assertion = SigningKey.in(key).assertion(OPERATOR, address("/oauth2/token"));
      token = token(form.with(assertion)).path("access_token").asText();
      renew = Instant.now().plus(RENEWED_AFTER);
    }
    return token;
  }

  private static JsonNode done(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          answer.request().method()
              + " "
              + answer.uri().getPath()
              + " was answered with "
              + answer.statusCode()
              + ": "
              + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /**
   * @param path from the root, or a whole address of this hub
   */
  public String address(String path) {
    return root.resolve(path).toString();
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofMinutes(3));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}

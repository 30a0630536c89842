package dev.kiln;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.operator.OperatorKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The operator's access token of one hub, renewed before it ends. */
public final class Operator implements Supplier<String> {

  private final HttpClient client;
  private final String base;
  private final String issuer;
  private final Path key;
  private String token;
  private Instant renew = Instant.MIN;

  public Operator(String base, Path key) {
    this(HttpClient.newHttpClient(), base, base, key);
  }

  /**
   * @param client trusts the hub's certificate
   * @param base where the hub is reached
   * @param issuer what the hub calls itself
   * @param key file of the operator's key
   */
  public Operator(HttpClient client, String base, String issuer, Path key) {
    this.client = client;
    this.base = base;
    this.issuer = issuer;
    this.key = key;
  }

  @Override
  public synchronized String get() {
    if (Instant.now().isAfter(renew)) {
      token = fetch();
      renew = Instant.now().plus(Duration.ofMinutes(4));
    }
    return token;
  }

  private String fetch() {
    try {
      String form =
          "grant_type=client_credentials&scope=system%2F*.cruds&client_assertion_type="
              + URLEncoder.encode(
                  "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", StandardCharsets.UTF_8)
              + "&client_assertion="
              + OperatorKey.read(key).assertion(issuer + "/oauth2/token");
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(form))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      return new ObjectMapper().readTree(answer.body()).path("access_token").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

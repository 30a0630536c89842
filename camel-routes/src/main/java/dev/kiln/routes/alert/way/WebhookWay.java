package dev.kiln.routes.alert.way;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.routes.alert.AlertSettings;
import dev.kiln.routes.settings.WrongAlerts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts alerts as JSON, signed so that the receiver knows whom they are from and that they are not
 * old ones sent again. Redirects are not followed: the operator has named one address.
 */
public final class WebhookWay implements AlertWay {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SHORTEST_SECRET = 16;

  private final URI url;
  private final SecretKeySpec secret;
  private final Clock clock;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  public WebhookWay(AlertSettings.Webhook settings, Clock clock) {
    this.url = settings.url();
    this.secret = new SecretKeySpec(secret(settings.secretFile()), "HmacSHA256");
    this.clock = clock;
  }

  private static byte[] secret(Path file) {
    String secret;
    try {
      secret = Files.readString(file).strip();
    } catch (IOException e) {
      throw new WrongAlerts(
          "kiln.routes.alerts.webhook.secret-file: the file " + file + " cannot be read.");
    }
    if (secret.length() < SHORTEST_SECRET) {
      throw new WrongAlerts(
          "kiln.routes.alerts.webhook.secret-file: the secret in " + file + " is too short.");
    }
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String kind() {
    return "webhook";
  }

  @Override
  public void tell(Notice notice) throws IOException, InterruptedException {
    String body = json.writeValueAsString(notice);
    // The time of this try, so that a receiver may refuse what is older than a few minutes.
    String time = Long.toString(clock.instant().getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Kiln")
            .header("X-Kiln-Timestamp", time)
            .header("X-Kiln-Signature", "sha256=" + signature(time + "." + body))
            .POST(BodyPublishers.ofString(body))
            .build();
    int status = status(client.sendAsync(request, BodyHandlers.discarding()));
    if (status / 100 != 2) {
      throw new IOException("The webhook answers " + status);
    }
  }

  /** The request's own patience ends with the header; an answer may go on and on. */
  private static int status(CompletableFuture<HttpResponse<Void>> answer)
      throws IOException, InterruptedException {
    try {
      return answer.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode();
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      throw new IOException("The webhook does not answer", e);
    }
  }

  private String signature(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }
}

package dev.kiln.bench.hub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a hub answers over HTTP.
 *
 * @param root its address, without a path
 * @param token file of the token, which the hub makes at its first start
 */
record Api(URI root, Path token) {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /**
   * @param path from the root, or a whole address of this hub
   * @throws IOException where nothing answers
   */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofMinutes(3));
    if (Files.isReadable(token)) {
      request.header("Authorization", "Bearer " + Files.readString(token).strip());
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}

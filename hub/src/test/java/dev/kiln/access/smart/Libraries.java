package dev.kiln.access.smart;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The folder of the npm libraries and of the small apps that use them. */
final class Libraries {

  static final Path FOLDER = Path.of("src/test/npm");

  static final String MISSING =
      "The npm libraries are not installed, so they are not tried. Run npm ci in hub/src/test/npm.";

  private static final String FHIR_CLIENT = "node_modules/fhirclient/build/fhir-client.js";

  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "js", "text/javascript");

  private Libraries() {}

  static boolean areInstalled() {
    return Files.exists(FOLDER.resolve(FHIR_CLIENT))
        && Files.exists(FOLDER.resolve("node_modules/fhir-kit-client/package.json"));
  }

  /**
   * Serves the app's pages and the library in its build for browsers, from an origin of its own.
   */
  static HttpServer serve() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    Map.of(
            "/launch.html", "launch.html",
            "/app.html", "app.html",
            "/fhir-client.js", FHIR_CLIENT)
        .forEach((path, file) -> serve(server, path, FOLDER.resolve(file)));
    server.start();
    return server;
  }

  private static void serve(HttpServer server, String path, Path file) {
    byte[] body;
    try {
      body = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}

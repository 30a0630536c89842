package dev.kiln.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.role.HubSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The apps and services that the hub on this machine knows. */
final class Client {

  private static final int REFUSED = 1;

  private final Local hub;
  private final PrintStream out;

  Client(HubSettings settings, PrintStream out) throws Exception {
    this.hub = new Local(settings);
    this.out = out;
  }

  /**
   * @param arguments {@code client FILE} to register one, whose metadata the file has as JSON by
   *     the names of RFC 7591; {@code client list}; or {@code client disable ID}, {@code enable} or
   *     {@code remove}
   */
  int run(String... arguments) throws IOException, InterruptedException {
    if (arguments.length == 2) {
      return arguments[1].equals("list") ? list() : register(Path.of(arguments[1]));
    }
    String id =
        arguments.length == 3 ? URLEncoder.encode(arguments[2], StandardCharsets.UTF_8) : "";
    String path = "/operator/clients/" + id;
    return switch (id.isEmpty() ? "" : arguments[1]) {
      case "disable", "enable" -> done(hub.post(path + "/" + arguments[1]));
      case "remove" -> done(hub.delete(path));
      default ->
          throw new IllegalArgumentException(
              "client wants a FILE, list, or one of disable, enable, remove and an ID");
    };
  }

  private int register(Path file) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        hub.post("/operator/clients", Files.readString(file.toAbsolutePath()));
    JsonNode told = read(answer);
    if (answer.statusCode() != 200) {
      return refused(answer);
    }
    out.println("client_id      " + told.path("client_id").asText());
    if (told.has("client_secret")) {
      out.println("client_secret  " + told.path("client_secret").asText());
      out.println("               shown this once; Kiln keeps a hash of it");
    }
    return 0;
  }

  private int list() throws IOException, InterruptedException {
    HttpResponse<String> answer = hub.getAsOperator("/operator/clients");
    if (answer.statusCode() != 200) {
      return refused(answer);
    }
    for (JsonNode client : read(answer)) {
      out.println(
          client.path("client_id").asText()
              + "  "
              + client.path("client_name").asText()
              + (client.path("enabled").asBoolean() ? "" : "  (disabled)"));
      out.println("    " + client.path("scope").asText());
    }
    return 0;
  }

  private int done(HttpResponse<String> answer) throws IOException {
    return answer.statusCode() == 204 ? 0 : refused(answer);
  }

  private int refused(HttpResponse<String> answer) throws IOException {
    out.println(read(answer).path("error").asText("The hub answered " + answer.statusCode()));
    return REFUSED;
  }

  private static JsonNode read(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }
}

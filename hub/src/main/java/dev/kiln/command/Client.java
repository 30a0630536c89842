package dev.kiln.command;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.List;

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
    boolean isVerb =
        arguments.length > 1
            && List.of("list", "disable", "enable", "remove").contains(arguments[1]);
    if (arguments.length == 2 && arguments[1].equals("list")) {
      return list();
    }
    if (arguments.length == 2 && !isVerb) {
      return register(Path.of(arguments[1]).toAbsolutePath());
    }
    String id =
        arguments.length == 3 ? URLEncoder.encode(arguments[2], StandardCharsets.UTF_8) : "";
    String path = "/operator/clients/" + id;
    return switch (id.isEmpty() ? "" : arguments[1]) {
      case "disable" -> done(hub.post(path + "/disable"), "Disabled; its tokens have ended.");
      case "enable" ->
          done(hub.post(path + "/enable"), "Enabled; it needs new tokens, and people's consent.");
      case "remove" -> done(hub.delete(path), "Removed, with all that was granted to it.");
      default ->
          throw new IllegalArgumentException(
              "client wants a FILE, list, or one of disable, enable, remove and an ID");
    };
  }

  private int register(Path file) throws IOException, InterruptedException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder");
    }
    String metadata = Files.readString(file);
    try {
      new ObjectMapper().readTree(metadata);
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + " is not JSON, at line " + e.getLocation().getLineNr() + ": it cannot be read", e);
    }
    HttpResponse<String> answer = hub.post("/operator/clients", metadata);
    if (answer.statusCode() != 200) {
      return refused(answer);
    }
    JsonNode told = read(answer);
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

  private int done(HttpResponse<String> answer, String told) throws IOException {
    if (answer.statusCode() != 204) {
      return refused(answer);
    }
    out.println(told);
    return 0;
  }

  private int refused(HttpResponse<String> answer) throws IOException {
    out.println(Local.reason(answer));
    return REFUSED;
  }

  private static JsonNode read(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }
}

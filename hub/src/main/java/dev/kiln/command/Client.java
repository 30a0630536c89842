package dev.kiln.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.role.HubSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** Registers an app or a service at the hub on this machine. */
final class Client {

  private static final int REFUSED = 1;

  private final Local hub;
  private final PrintStream out;

  Client(HubSettings settings, PrintStream out) throws Exception {
    this.hub = new Local(settings);
    this.out = out;
  }

  /**
   * @param file its metadata as JSON, by the names of RFC 7591
   */
  int register(Path file) throws IOException, InterruptedException {
    HttpResponse<String> answer = hub.post("/operator/clients", Files.readString(file));
    JsonNode told = new ObjectMapper().readTree(answer.body());
    if (answer.statusCode() != 200) {
      out.println(told.path("error").asText("The hub answered " + answer.statusCode()));
      return REFUSED;
    }
    out.println("client_id      " + told.path("client_id").asText());
    if (told.has("client_secret")) {
      out.println("client_secret  " + told.path("client_secret").asText());
      out.println("               shown this once; Kiln keeps a hash of it");
    }
    return 0;
  }
}

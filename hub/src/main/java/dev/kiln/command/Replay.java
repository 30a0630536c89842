package dev.kiln.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.role.HubSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.UUID;

/**
 * Asks the hub on this machine to translate and apply one message anew, and says what became of it.
 */
final class Replay {

  private static final int NOT_APPLIED = 1;

  private final Local hub;
  private final PrintStream out;

  Replay(HubSettings settings, PrintStream out) throws Exception {
    this.hub = new Local(settings);
    this.out = out;
  }

  /**
   * @param id the message's, as in its Provenance
   * @return 0 where it has been applied or is on its way
   */
  int message(String id) throws IOException, InterruptedException {
    UUID message;
    try {
      message = UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("replay wants the id of a message, which is a UUID", e);
    }
    HttpResponse<String> answer = hub.post("/messages/" + message + "/replay");
    JsonNode told = new ObjectMapper().readTree(answer.body());
    if (answer.statusCode() != 200) {
      out.println(Local.reason(answer) + ".");
      return NOT_APPLIED;
    }
    String state = told.path("state").asText();
    out.println(
        switch (state) {
          case "APPLIED" -> "Applied.";
          case "WAITING" -> "On its way, behind what waits for the same patients.";
          case "REFUSED" -> "Refused again, " + told.path("reason").asText() + ".";
          default -> "A dead letter again, " + told.path("reason").asText() + ".";
        });
    return state.equals("APPLIED") || state.equals("WAITING") ? 0 : NOT_APPLIED;
  }
}

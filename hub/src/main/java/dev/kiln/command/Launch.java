package dev.kiln.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.role.HubSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** Opens an app as a record would, for those who try one out. */
final class Launch {

  private static final int REFUSED = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Local hub;
  private final PrintStream out;

  Launch(HubSettings settings, PrintStream out) throws Exception {
    this.hub = new Local(settings);
    this.out = out;
  }

  /**
   * @param arguments {@code launch CLIENT LOGIN}, then the ids of the patient and of the visit
   *     whose record is open
   */
  int run(String... arguments) throws IOException, InterruptedException {
    if (arguments.length < 3 || arguments.length > 5) {
      throw new IllegalArgumentException(
          "launch wants a client's id and a login name, and may have the ids of a Patient and of an"
              + " Encounter");
    }
    Map<String, String> wanted = new HashMap<>();
    wanted.put("client_id", arguments[1]);
    wanted.put("login", arguments[2]);
    wanted.put("patient", arguments.length > 3 ? arguments[3] : null);
    wanted.put("encounter", arguments.length > 4 ? arguments[4] : null);
    HttpResponse<String> answer = hub.post("/operator/launches", JSON.writeValueAsString(wanted));
    JsonNode told = JSON.readTree(answer.body());
    if (answer.statusCode() != 200) {
      out.println(Local.reason(answer));
      return REFUSED;
    }
    out.println(told.path("address").asText());
    return 0;
  }
}

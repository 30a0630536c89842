package dev.kiln.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.role.HubSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The accounts of the hub on this machine. */
final class Account {

  private static final int REFUSED = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HubSettings settings;
  private final Local hub;
  private final PrintStream out;

  Account(HubSettings settings, PrintStream out) throws Exception {
    this.settings = settings;
    this.hub = new Local(settings);
    this.out = out;
  }

  /**
   * @param arguments {@code account LOGIN ROLE NAME} to open one, then who that is in the store,
   *     for example {@code Practitioner/1}, where the role wants it, and {@code --email ADDRESS},
   *     at which they are invited; or {@code account reset LOGIN} or {@code account close LOGIN}
   */
  int run(String... arguments) throws IOException, InterruptedException {
    boolean isKnown = arguments.length > 1 && List.of("reset", "close").contains(arguments[1]);
    if (isKnown && arguments.length == 3) {
      return ask("/operator/accounts/" + arguments[1], Map.of("login", arguments[2]));
    }
    List<String> given = new ArrayList<>(List.of(arguments));
    int option = given.indexOf("--email");
    String email = null;
    if (option > 0 && option == given.size() - 2) {
      email = given.remove(option + 1);
      given.remove(option);
    }
    if (isKnown || given.size() < 4 || given.size() > 5) {
      throw new IllegalArgumentException(
          "account wants LOGIN ROLE NAME, for most roles who that is, such as Practitioner/1, and"
              + " perhaps --email ADDRESS; or reset LOGIN, or close LOGIN");
    }
    Map<String, String> wanted = new HashMap<>();
    wanted.put("login", arguments[1]);
    wanted.put("role", arguments[2]);
    wanted.put("name", arguments[3]);
    wanted.put("fhirUser", given.size() == 5 ? given.get(4) : null);
    wanted.put("email", email);
    return ask("/operator/accounts", wanted);
  }

  private int ask(String path, Map<String, String> body) throws IOException, InterruptedException {
    HttpResponse<String> answer = hub.post(path, JSON.writeValueAsString(body));
    JsonNode told = JSON.readTree(answer.body());
    if (answer.statusCode() != 200) {
      out.println(Local.reason(answer));
      return REFUSED;
    }
    if (told.has("invited")) {
      out.println("Invited    " + told.path("invited").asText());
      return 0;
    }
    if (!told.has("password")) {
      out.println("Closed     " + told.path("login").asText());
      return 0;
    }
    out.println("Account    " + told.path("login").asText());
    out.println("Password   " + told.path("password").asText());
    out.println("           to be changed at the first sign-in: " + settings.base() + "/sign-in");
    return 0;
  }
}

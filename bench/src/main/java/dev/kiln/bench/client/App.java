package dev.kiln.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kiln.bench.hub.Api;
import dev.kiln.bench.hub.Form;
import dev.kiln.bench.load.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A public app in the hands of a physician, who has let it in as many times as there are devices.
 */
public final class App {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REDIRECT = "http://127.0.0.1/back";
  private static final String SCOPE = "user/Patient.rs offline_access";

  private final Api hub;
  private final String id;
  private final List<Device> devices = new ArrayList<>();
  private final String accessToken;

  /** Registers it, opens the physician's account, and launches. */
  public App(Api hub, int devices) throws IOException, InterruptedException {
    this.hub = hub;
    ObjectNode metadata =
        JSON.createObjectNode()
            .put("client_name", "App of the bench")
            .put("scope", SCOPE)
            .put("token_endpoint_auth_method", "none");
    metadata.putArray("redirect_uris").add(REDIRECT);
    this.id = register("/operator/clients", metadata).path("client_id").asText();
    String login = "bench." + random();
    String password = random();
    register(
        "/operator/accounts",
        JSON.createObjectNode()
            .put("login", login)
            .put("name", "Physician of the bench")
            .put("role", "physician")
            .put("fhirUser", "Practitioner/bench")
            .put("password", password));
    Launch launch = new Launch(hub);
    launch.signIn(login, password);
    String token = null;
    for (int i = 0; i < devices; i++) {
      JsonNode answer = launched(launch);
      token = answer.path("access_token").asText();
      this.devices.add(new Device(hub, id, answer.path("refresh_token").asText()));
    }
    this.accessToken = token;
  }

  private JsonNode register(String path, ObjectNode what) throws IOException, InterruptedException {
    return hub.send("POST", path, "application/json", what.toString());
  }

  private JsonNode launched(Launch launch) throws IOException, InterruptedException {
    String verifier = random() + random();
    String code =
        launch.code(
            Form.of(
                "response_type",
                "code",
                "client_id",
                id,
                "redirect_uri",
                REDIRECT,
                "scope",
                SCOPE,
                "state",
                random(),
                "aud",
                hub.address("/fhir"),
                "code_challenge",
                challenge(verifier),
                "code_challenge_method",
                "S256"));
    return hub.token(
        Form.of(
            "grant_type", "authorization_code",
            "code", code,
            "redirect_uri", REDIRECT,
            "code_verifier", verifier,
            "client_id", id));
  }

  /** Each device exchanges its refresh token for the next one, again and again. */
  public List<Client> refreshes() {
    return List.copyOf(devices);
  }

  /** Good for an hour. */
  public String accessToken() {
    return accessToken;
  }

  /** RFC 7636, section 4.2. */
  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has it", e);
    }
  }

  private static String random() {
    return UUID.randomUUID().toString();
  }
}

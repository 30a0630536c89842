package dev.kiln.bench.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.bench.hub.Api;
import dev.kiln.bench.hub.Form;
import dev.kiln.bench.load.Client;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** One installation of an app, with a refresh token of its own, which is good once. */
final class Device implements Client {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Api hub;
  private final String clientId;
  private String refreshToken;

  Device(Api hub, String clientId, String refreshToken) {
    this.hub = hub;
    this.clientId = clientId;
    this.refreshToken = refreshToken;
  }

  @Override
  public HttpRequest next() {
    return Form.of(
            "grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", clientId)
        .post(hub.request("/oauth2/token"))
        .build();
  }

  @Override
  public boolean takes(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      return false;
    }
    try {
      JsonNode given = JSON.readTree(answer.body());
      refreshToken = given.path("refresh_token").asText();
      return !refreshToken.isEmpty() && given.hasNonNull("access_token");
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}

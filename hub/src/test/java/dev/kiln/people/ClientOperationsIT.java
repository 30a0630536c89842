package dev.kiln.people;

import static dev.kiln.people.Administrator.all;
import static dev.kiln.people.Administrator.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator looks after the apps and services. */
class ClientOperationsIT {

  private static final String[] APP = {
    "name", "Growth chart",
    "kind", "confidential-symmetric",
    "redirect-uri", "https://growth.example.org/back",
    "scope", "openid patient/*.rs",
    "launch-url", "https://growth.example.org/launch"
  };

  private final RunningHub hub = RunningHub.get();
  private final Administrator administrator = Administrator.get();

  private JsonNode client(String id) {
    return all(administrator.done("$clients"), "client").stream()
        .filter(one -> text(one, "id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** What the client hears that shows this secret. */
  private int status(String id, String secret) {
    return hub.stranger()
        .post(
            "/oauth2/revoke",
            "token=none",
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8)))
        .status();
  }

  private String audit(String operation) {
    return hub.http()
        .get("/fhir/AuditEvent?entity-name=" + operation + "&_sort=-date&_count=50")
        .text();
  }

  @Test
  void registersOneAndTellsItsSecretOnce() throws IOException {
    JsonNode registered = administrator.done("$client-register", APP);
    String id = text(registered, "client", "id");
    String secret = text(registered, "secret");

    assertThat(status(id, secret)).isEqualTo(200);
    JsonNode listed = client(id);
    assertThat(text(listed, "name")).isEqualTo("Growth chart");
    assertThat(text(listed, "kind")).isEqualTo("confidential-symmetric");
    assertThat(text(listed, "scope")).isEqualTo("openid patient/*.rs");
    assertThat(text(listed, "redirect-uri")).isEqualTo("https://growth.example.org/back");
    assertThat(text(listed, "launch-url")).isEqualTo("https://growth.example.org/launch");
    assertThat(text(listed, "own")).isEqualTo("false");
    assertThat(text(listed, "enabled")).isEqualTo("true");
    assertThat(listed.toString()).doesNotContain(secret);
    assertThat(audit("$client-register"))
        .contains(id, administrator.id(), "openid patient/*.rs")
        .doesNotContain(secret);

    String renewed = text(administrator.done("$client-secret", "id", id), "secret");
    assertThat(status(id, secret)).isEqualTo(401);
    assertThat(status(id, renewed)).isEqualTo(200);
    assertThat(audit("$client-secret")).contains(id).doesNotContain(renewed);
    assertThat(Files.readString(hub.log())).doesNotContain(secret, renewed);
  }

  @Test
  void disablesEnablesAndRemovesOne() {
    JsonNode registered = administrator.done("$client-register", APP);
    String id = text(registered, "client", "id");
    String secret = text(registered, "secret");

    JsonNode disabled = administrator.done("$client-disable", "id", id);
    assertThat(text(disabled, "client", "enabled")).isEqualTo("false");
    assertThat(status(id, secret)).isEqualTo(401);
    administrator.done("$client-enable", "id", id);
    assertThat(status(id, secret)).isEqualTo(200);
    administrator.done("$client-remove", "id", id);
    assertThat(status(id, secret)).isEqualTo(401);
    assertThat(administrator.post("$client-remove", "id", id).status()).isEqualTo(404);
    for (String operation : List.of("$client-disable", "$client-enable", "$client-remove")) {
      assertThat(audit(operation)).contains(id, administrator.id());
    }
  }

  @Test
  void registersAServiceByTheAddressOfItsKeys() {
    JsonNode registered =
        administrator.done(
            "$client-register",
            "name",
            "Loader",
            "kind",
            "confidential-asymmetric",
            "backend",
            "true",
            "scope",
            "system/Patient.rs",
            "jwks-url",
            "https://loader.example.org/keys");

    assertThat(text(registered, "secret")).isEmpty();
    assertThat(text(registered, "client", "backend")).isEqualTo("true");
    assertThat(text(registered, "client", "jwks-url")).isEqualTo("https://loader.example.org/keys");
    Answer refused = administrator.post("$client-secret", "id", text(registered, "client", "id"));
    assertThat(refused.status()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kiln-admin", "kiln-launcher", "kiln-operator"})
  void whatIsAPartOfKilnStaysAsItIs(String id) {
    assertThat(text(client(id), "own")).isEqualTo("true");
    for (String operation :
        List.of("$client-disable", "$client-enable", "$client-remove", "$client-secret")) {
      Answer refused = administrator.post(operation, "id", id);
      assertThat(refused.status()).as(operation).isEqualTo(409);
      assertThat(refused.issues()).contains("part of Kiln");
    }
    assertThat(text(client(id), "enabled")).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource({
    "$client-register, name, '', 400",
    "$client-register, kind, secret, 400",
    "$client-register, scope, '', 400",
    "$client-register, scope, made_up, 400",
    "$client-register, scope, openid account.manage, 400",
    "$client-register, scope, client.manage, 400",
    "$client-register, scope, system/*.rs, 400",
    "$client-register, redirect-uri, http://growth.example.org/back, 400",
    "$client-register, launch-url, javascript:alert(1), 400",
    "$client-register, jwks, '{}', 400",
    "$client-register, backend, true, 400",
    "$client-disable, id, '', 400",
    "$client-disable, id, nobody, 404",
    "$client-enable, id, nobody, 404",
    "$client-secret, id, nobody, 404",
    "$client-remove, id, nobody, 404",
  })
  void whatIsWrongIsNamed(String operation, String name, String value, int status) {
    List<String> parameters =
        new ArrayList<>(operation.equals("$client-register") ? List.of(APP) : List.of());
    int at = parameters.indexOf(name);
    if (at >= 0) {
      parameters.set(at + 1, value);
    } else {
      parameters.addAll(List.of(name, value));
    }
    int before = all(administrator.done("$clients"), "client").size();

    Answer refused = administrator.post(operation, parameters.toArray(String[]::new));

    assertThat(refused.status()).as(refused.text()).isEqualTo(status);
    assertThat(refused.issues()).contains("\"" + (name.equals("backend") ? "kind" : name) + "\"");
    assertThat(all(administrator.done("$clients"), "client")).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$client-disable", "$client-remove", "$client-secret"})
  void anAddressChangesNothing(String operation) {
    String id = text(administrator.done("$client-register", APP), "client", "id");

    assertThat(administrator.http().get("/fhir/" + operation + "?id=" + id).status())
        .isIn(400, 404, 405);

    assertThat(text(client(id), "enabled")).isEqualTo("true");
  }
}

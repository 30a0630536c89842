package dev.kiln.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMailUtil;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.key.SigningKeys;
import dev.kiln.fhir.access.Scopes;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator can take back. */
class OperatorRequestsIT {

  private static final RunningHub hub = RunningHub.get();
  private final Http operator = hub.http();
  private final AccountBook accounts = hub.bean(AccountBook.class);

  private String account() {
    String login = "operated-" + UUID.randomUUID();
    Answer opened =
        operator.post(
            "/operator/accounts",
            """
            {"login": "%s", "role": "physician", "name": "A", "fhirUser": "Practitioner/1",
             "password": "correct horse battery staple"}"""
                .formatted(login),
            "Content-Type",
            "application/json");
    assertThat(opened.status()).as(opened.text()).isEqualTo(200);
    return login;
  }

  private Answer ask(Http who, String what, String login) {
    return who.post(
        "/operator/accounts/" + what,
        "{\"login\": \"" + login + "\"}",
        "Content-Type",
        "application/json");
  }

  @Test
  void anAccountIsHandedOutAnew() {
    String login = account();
    Answer reset = ask(operator, "reset", login);
    assertThat(reset.status()).as(reset.text()).isEqualTo(200);
    String password = reset.json().path("password").asText();

    assertThat(accounts.check(login, "correct horse battery staple")).isEmpty();
    assertThat(accounts.check(login, password))
        .hasValueSatisfying(
            account ->
                assertThat(accounts.details(account.id()).orElseThrow().mustChangePassword())
                    .isTrue());
    assertThat(ask(operator, "reset", "nobody-of-that-name").status()).isEqualTo(404);
  }

  @Test
  void whoHasAnAddressIsInvited() throws Exception {
    String login = "invited-" + UUID.randomUUID();
    Answer opened =
        operator.post(
            "/operator/accounts",
            """
            {"login": "%1$s", "role": "physician,auditor", "name": "A",
             "fhirUser": "Practitioner/1", "email": "%1$s@example.org"}"""
                .formatted(login),
            "Content-Type",
            "application/json");

    assertThat(opened.json().path("invited").asText()).isEqualTo(login + "@example.org");
    assertThat(opened.json().has("password")).isFalse();
    assertThat(accounts.byLogin(login).orElseThrow().roles())
        .containsExactlyInAnyOrder("physician", "auditor");
    assertThat(hub.mail().waitForIncomingEmail(10_000, 1)).isTrue();
    String text = GreenMailUtil.getBody(hub.mail().getReceivedMessagesForDomain(login)[0]);
    assertThat(text).contains(hub.base() + "/invitation/");
  }

  @Test
  void anAccountIsClosed() {
    String login = account();
    assertThat(ask(operator, "close", login).status()).isEqualTo(200);
    assertThat(accounts.check(login, "correct horse battery staple")).isEmpty();
    assertThat(ask(operator, "close", login).status()).isEqualTo(404);
  }

  @Test
  void aClientIsListedDisabledEnabledAndRemoved() {
    Answer registered =
        operator.post(
            "/operator/clients",
            """
            {"client_name": "Loader", "scope": "system/Patient.rs",
             "token_endpoint_auth_method": "private_key_jwt",
             "grant_types": ["client_credentials"], "jwks_uri": "https://loader.example.org/keys"}""",
            "Content-Type",
            "application/json");
    assertThat(registered.status()).as(registered.text()).isEqualTo(200);
    String id = registered.json().path("client_id").asText();
    assertThat(isEnabled(id)).isTrue();
    String path = "/operator/clients/" + id;

    assertThat(operator.post(path + "/disable", "").status()).isEqualTo(204);
    assertThat(isEnabled(id)).isFalse();
    assertThat(operator.post(path + "/enable", "").status()).isEqualTo(204);
    assertThat(isEnabled(id)).isTrue();
    assertThat(operator.delete(path).status()).isEqualTo(204);
    assertThat(operator.delete(path).status()).isEqualTo(404);
    assertThat(operator.delete("/operator/clients/" + OperatorKey.CLIENT).status()).isEqualTo(409);
  }

  @Test
  void whatIsWrittenWrongIsNamed() {
    for (String[] wrong :
        new String[][] {
          {"{\"client_name\": \"A\", \"redirect_uris\": \"x\"}", "redirect_uris"},
          {"{\"client_name\": \"A\"}", "scope"},
          {
            "{\"client_name\": \"A\", \"scope\": \"openid\", \"token_endpoint_auth_method\": \"x\"}",
            "token_endpoint_auth_method"
          },
          {"{", "not JSON"}
        }) {
      Answer refused =
          operator.post("/operator/clients", wrong[0], "Content-Type", "application/json");
      assertThat(refused.status()).as(wrong[0]).isEqualTo(400);
      assertThat(refused.json().path("error").asText()).contains(wrong[1]);
    }
  }

  private boolean isEnabled(String id) {
    for (var client : operator.get("/operator/clients").json()) {
      if (client.path("client_id").asText().equals(id)) {
        assertThat(client.path("scope").asText()).isEqualTo("system/Patient.rs");
        return client.path("enabled").asBoolean();
      }
    }
    throw new AssertionError("Not listed");
  }

  @Test
  @DisplayName("smart_app_launch: the record opens the launch address with iss and launch")
  void anAppIsOpenedAsOutOfARecord() {
    String login = account();
    Answer registered =
        operator.post(
            "/operator/clients",
            """
            {"client_name": "Chart", "scope": "launch patient/*.rs",
             "token_endpoint_auth_method": "none",
             "redirect_uris": ["https://chart.example.org/back"],
             "initiate_login_uri": "https://chart.example.org/launch?site=a"}""",
            "Content-Type",
            "application/json");
    String id = registered.json().path("client_id").asText();

    Answer opened = launch(id, login, "17");

    assertThat(opened.json().path("address").asText())
        .startsWith("https://chart.example.org/launch?site=a&iss=http%3A%2F%2Flocalhost")
        .contains("&launch=");
    assertThat(launch(id, login, "no id/at all").status()).isEqualTo(400);
    assertThat(launch(id, "nobody-of-that-name", "17").status()).isEqualTo(404);
    assertThat(launch("no-app", login, "17").status()).isEqualTo(404);
  }

  private Answer launch(String client, String login, String patient) {
    return operator.post(
        "/operator/launches",
        "{\"client_id\": \"%s\", \"login\": \"%s\", \"patient\": \"%s\"}"
            .formatted(client, login, patient),
        "Content-Type",
        "application/json");
  }

  @Test
  void theSigningKeyIsRotatedAndTheOperatorsTokenLivesOn() {
    int before = keys();
    assertThat(operator.post("/operator/signing-key/rotate", "").status()).isEqualTo(204);
    assertThat(keys()).isEqualTo(before + 1);
    assertThat(operator.get("/fhir/Patient?_count=1").status()).isEqualTo(200);
    assertThat(hub.bean(SigningKeys.class).current()).isNotNull();
  }

  private int keys() {
    return hub.stranger().get("/oauth2/jwks").json().path("keys").size();
  }

  @Test
  void nobodyElseMayAsk() {
    for (Http other : new Http[] {hub.stranger(), hub.as(Scopes.ofSystem("system/*.cruds"))}) {
      assertThat(ask(other, "reset", "admin").status()).isIn(401, 403);
      assertThat(other.get("/operator/clients").status()).isIn(401, 403);
      assertThat(other.post("/operator/signing-key/rotate", "").status()).isIn(401, 403);
    }
  }
}

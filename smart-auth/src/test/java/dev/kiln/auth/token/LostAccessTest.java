package dev.kiln.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.AccessTokens.Grant;
import dev.kiln.auth.Account;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.SmartScope;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.testing.App;
import dev.kiln.testing.FewPatients;
import dev.kiln.testing.Http;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of the tokens of somebody who may less than when they let the app in. */
class LostAccessTest {

  private static final String OFFLINE = "openid offline_access user/*.rs";
  private static final String ONLINE = "openid online_access user/*.rs";

  private final Server server = Server.get();
  private final String login = Server.name("loses");
  private final Account account = server.physician(login);
  private final App app = App.of(Kind.CONFIDENTIAL_SYMMETRIC);

  private Optional<Grant> grant(Answer token) {
    return server.bean(AccessTokens.class).grant((String) token.get("access_token"));
  }

  private Answer refresh(Answer token) {
    return app.refresh((String) token.get("refresh_token"));
  }

  private void hasEnded(Answer token) {
    assertThat(grant(token)).isEmpty();
    assertThat(refresh(token).status()).isEqualTo(400);
    assertThat(refresh(token).get("error")).isEqualTo("invalid_grant");
  }

  @Test
  @DisplayName("a closed account: every token is worth nothing at once, wherever it is shown")
  void endsWithTheAccount() {
    Answer token = app.launch(login, OFFLINE);
    String code = app.code(login, app.request(OFFLINE));
    String waiting = app.pending(app.request(OFFLINE));
    assertThat(grant(token)).isPresent();

    server.accounts().close(account);

    assertThat(grant(token)).isEmpty();
    for (String kind : new String[] {"access_token", "refresh_token"}) {
      Map<String, String> shown = Map.of("token", (String) token.get(kind));
      assertThat(app.post("/oauth2/introspect", shown).json())
          .containsOnly(Map.entry("active", false));
    }
    Answer userInfo =
        new Http()
            .get(
                server.address() + "/userinfo",
                "Authorization",
                "Bearer " + token.get("access_token"));
    assertThat(userInfo.status()).isEqualTo(401);
    hasEnded(token);
    assertThat(app.token(app.exchange(code)).get("error")).isEqualTo("invalid_grant");
    assertThat(app.consent(waiting, Scopes.split(OFFLINE)).redirect()).doesNotContainKey("code");
  }

  @Test
  @DisplayName("a proxy that is one no more: the app gets no further token for that chart")
  void endsWithTheRelation() {
    FewPatients patients = (FewPatients) server.bean(PatientDirectory.class);
    Answer token = app.launch("nora", "launch/patient offline_access patient/*.rs");
    assertThat(token.get("patient")).isEqualTo("child");
    patients.norasChildIsGrownUp(true);
    try {
      assertThat(refresh(token).get("error")).isEqualTo("invalid_grant");
    } finally {
      patients.norasChildIsGrownUp(false);
    }
    assertThat(refresh(token).get("error")).as("for good").isEqualTo("invalid_grant");
  }

  @Test
  @DisplayName("a lost role: what it allowed is gone from the token at once, and from the next one")
  void followsTheRoles() {
    Answer token = app.launch(login, OFFLINE);
    SmartScope conditions = SmartScope.of("user/Condition.rs").orElseThrow();
    SmartScope slots = SmartScope.of("user/Slot.rs").orElseThrow();
    assertThat(grant(token).orElseThrow().scopes()).anyMatch(scope -> scope.covers(conditions));

    server
        .bean(AuthDatabase.class)
        .jdbc()
        .sql("update account set roles = 'receptionist' where id = ?")
        .param(UUID.fromString(account.id()))
        .update();

    assertThat(grant(token).orElseThrow().scopes())
        .noneMatch(scope -> scope.covers(conditions))
        .contains(slots);
    assertThat(Scopes.split((String) refresh(token).get("scope")))
        .contains("offline_access", "user/Slot.rs")
        .doesNotContain("user/*.rs", "user/Condition.rs");
  }

  @Test
  @DisplayName("signing out everywhere ends what was granted while signed in, and nothing else")
  void endsWithAllSessions() {
    Answer online = app.launch(login, ONLINE);
    Answer offline = app.launch(login, OFFLINE);
    Answer brief = app.launch(login, "openid user/*.rs");
    App elsewhere = App.of(Kind.PUBLIC).signIn(login);

    elsewhere.person.get("/account/sessions");
    elsewhere.person.post("/account/sessions/end-all");

    hasEnded(online);
    assertThat(grant(brief)).isEmpty();
    assertThat(grant(offline)).isPresent();
    assertThat(refresh(offline).status()).isEqualTo(200);
  }
}

package dev.kiln.auth.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.auth.secret.Secrets;
import dev.kiln.testing.App;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New tokens for a refresh token, and what becomes of one that was stolen. */
class RefreshTest {

  private static final String SCOPE = "launch/patient openid fhirUser offline_access patient/*.rs";

  private final Server server = Server.get();

  private boolean isAlive(Answer token) {
    return server.bean(AccessTokens.class).grant((String) token.get("access_token")).isPresent();
  }

  private static String refreshToken(Answer token) {
    return (String) token.get("refresh_token");
  }

  private static void isInvalidGrant(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.get("error")).isEqualTo("invalid_grant");
  }

  /** As if the token had been exchanged a minute ago. */
  private void age(String refreshToken) {
    server
        .bean(AuthDatabase.class)
        .jdbc()
        .sql("update refresh_token set used = used - interval '1 minute' where token_hash = ?")
        .param(Secrets.hash(refreshToken))
        .update();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName(
      "pitfall 1; smart_token_refresh_stu2, smart_token_refresh_body, smart_token_response_headers,"
          + " g10_patient_context after refresh")
  void refreshes(Kind kind) {
    App app = App.of(kind);
    Answer first = app.launch("drake", SCOPE);

    Answer second = app.refresh(refreshToken(first));

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json())
        .containsEntry("token_type", "Bearer")
        .containsEntry("patient", "alba")
        .containsEntry("need_patient_banner", true)
        .containsKeys("access_token", "refresh_token", "id_token", "smart_style_url");
    assertThat(second.get("expires_in")).isInstanceOf(Integer.class);
    assertThat(Scopes.split((String) second.get("scope"))).isEqualTo(Scopes.split(SCOPE));
    assertThat(second.header("Cache-Control")).contains("no-store");
    assertThat(second.header("Pragma")).contains("no-cache");
    assertThat(refreshToken(second)).isNotEqualTo(refreshToken(first));
    assertThat(isAlive(second)).isTrue();
    assertThat(isAlive(first)).as("pitfall 4: the former access token lives on").isTrue();
  }

  @Test
  @DisplayName("smart_token_refresh_stu2 with scope; pitfall 8: narrowed within a wider scope")
  void narrows() {
    App app = App.of(Kind.PUBLIC);
    String token = refreshToken(app.launch("drake", SCOPE));

    Answer same = app.refresh(token, SCOPE);
    assertThat(same.status()).isEqualTo(200);
    Answer narrowed = app.refresh(refreshToken(same), "patient/Patient.rs");
    assertThat(narrowed.get("scope")).isEqualTo("patient/Patient.rs");
    assertThat(narrowed.json()).doesNotContainKey("id_token");

    Answer whole = app.refresh(refreshToken(narrowed));
    assertThat(Scopes.split((String) whole.get("scope"))).isEqualTo(Scopes.split(SCOPE));
    Answer wider = app.refresh(refreshToken(whole), "patient/*.cruds");
    assertThat(wider.status()).isEqualTo(400);
    assertThat(wider.get("error")).isEqualTo("invalid_scope");
    assertThat(app.refresh(refreshToken(whole)).status()).as("not used up by it").isEqualTo(200);
  }

  @Test
  @DisplayName("pitfall 2: no refresh token unless a scope asks for it")
  void givesNoneUnasked() {
    for (Kind kind : Kind.values()) {
      assertThat(App.of(kind).launch("drake", "openid patient/*.rs").json())
          .doesNotContainKey("refresh_token");
    }
  }

  @Test
  @DisplayName("g10_invalid_token_refresh: a random one is invalid_grant")
  void refusesARandomOne() {
    for (Kind kind : Kind.values()) {
      isInvalidGrant(App.of(kind).refresh("random"));
    }
  }

  @Test
  @DisplayName("a refresh token is worth nothing to another client, confidential or not")
  void refusesAnotherClient() {
    App app = App.of(Kind.PUBLIC);
    String token = refreshToken(app.launch("drake", SCOPE));

    isInvalidGrant(App.of(Kind.PUBLIC).refresh(token));
    isInvalidGrant(App.of(Kind.CONFIDENTIAL_SYMMETRIC).refresh(token));
    assertThat(app.refresh(token).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("a confidential client cannot refresh by its name alone")
  void refusesAConfidentialClientWithoutCredential() {
    App app = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
    String token = refreshToken(app.launch("drake", SCOPE));

    Answer answer =
        app.backChannel.post(
            server.address() + "/oauth2/token",
            Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                token,
                "client_id",
                app.clientId()));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.get("error")).isEqualTo("invalid_client");
  }

  @Test
  @DisplayName("pitfall 3: a stolen refresh token ends the whole family when it is used twice")
  void endsTheFamilyOfAStolenToken() {
    App app = App.of(Kind.PUBLIC);
    Answer first = app.launch("drake", SCOPE);
    Answer second = app.refresh(refreshToken(first));
    assertThat(second.status()).isEqualTo(200);
    age(refreshToken(first));

    isInvalidGrant(app.refresh(refreshToken(first)));

    assertThat(isAlive(first)).isFalse();
    assertThat(isAlive(second)).isFalse();
    isInvalidGrant(app.refresh(refreshToken(second)));
  }

  @Test
  @DisplayName("two tabs that refresh at once get the same successor, and the family lives on")
  void servesTwoTabs() throws Exception {
    App app = App.of(Kind.PUBLIC);
    String token = refreshToken(app.launch("drake", SCOPE));
    ExecutorService tabs = Executors.newFixedThreadPool(4);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int tab = 0; tab < 4; tab++) {
      answers.add(tabs.submit(() -> app.refresh(token)));
    }
    tabs.shutdown();

    String successor = refreshToken(answers.get(0).get());
    for (Future<Answer> answer : answers) {
      assertThat(answer.get().status()).isEqualTo(200);
      assertThat(refreshToken(answer.get())).isEqualTo(successor);
      assertThat(isAlive(answer.get())).isTrue();
    }
    assertThat(app.refresh(successor).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("a thief who is quick enough to get the same successor is found out by it")
  void findsOutAQuickThief() {
    App app = App.of(Kind.PUBLIC);
    String token = refreshToken(app.launch("drake", SCOPE));
    String ofTheApp = refreshToken(app.refresh(token));
    String ofTheThief = refreshToken(app.refresh(token));
    assertThat(ofTheThief).isEqualTo(ofTheApp);

    Answer thief = app.refresh(ofTheThief);
    age(ofTheThief);

    isInvalidGrant(app.refresh(ofTheApp));
    assertThat(isAlive(thief)).isFalse();
    isInvalidGrant(app.refresh(refreshToken(thief)));
  }

  @Test
  @DisplayName("online_access ends with the session in which it was granted")
  void endsWithTheSession() {
    App online = App.of(Kind.PUBLIC);
    App offline = App.of(Kind.PUBLIC);
    Answer bound = online.launch("drake", "openid online_access user/*.rs");
    Answer free = offline.launch("drake", "openid offline_access user/*.rs");
    bound = online.refresh(refreshToken(bound));
    assertThat(bound.status()).isEqualTo(200);

    online.signOut();
    offline.signOut();

    isInvalidGrant(online.refresh(refreshToken(bound)));
    assertThat(offline.refresh(refreshToken(free)).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("pitfall 5; g10_token_revocation: a revoked app has nothing left, at once")
  void endsTheTokensOfARevokedApp() {
    ConnectedApps apps = server.bean(ConnectedApps.class);
    App app = App.of(Kind.PUBLIC);
    Answer first = app.launch("nora", SCOPE);
    Answer second = app.launch("nora", SCOPE);
    Answer others = app.launch("drake", SCOPE);
    assertThat(apps.of(server.account("nora")))
        .filteredOn(one -> one.clientId().equals(app.clientId()))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.name()).isEqualTo("Growth chart");
              assertThat(one.offline()).isTrue();
              assertThat(one.scopes()).containsAll(Scopes.split(SCOPE));
            });

    apps.revoke(server.account("nora"), app.clientId());

    assertThat(isAlive(first)).isFalse();
    assertThat(isAlive(second)).isFalse();
    isInvalidGrant(app.refresh(refreshToken(first)));
    assertThat(isAlive(others)).isTrue();
    assertThat(apps.of(server.account("nora")))
        .noneMatch(one -> one.clientId().equals(app.clientId()));
  }

  @Test
  @DisplayName("attestation: a refresh token lives three months and more, an access token an hour")
  void livesLongEnough() {
    App app = App.of(Kind.PUBLIC);
    Answer token = app.launch("drake", SCOPE);
    int days =
        server
            .bean(AuthDatabase.class)
            .jdbc()
            .sql(
                "select extract(day from expires - issued) from refresh_token where token_hash = ?")
            .param(Secrets.hash(refreshToken(token)))
            .query(Integer.class)
            .single();

    assertThat(days).isGreaterThanOrEqualTo(92);
    assertThat((int) token.get("expires_in")).isBetween(1, 3600);
  }
}

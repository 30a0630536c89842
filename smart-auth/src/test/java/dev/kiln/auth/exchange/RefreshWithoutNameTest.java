package dev.kiln.auth.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.secret.Secrets;
import dev.kiln.testing.App;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refresh without {@code client_id}, as the npm library fhirclient sends it by default. */
class RefreshWithoutNameTest {

  private static final String SCOPE = "launch/patient openid offline_access patient/*.rs";

  private final Server server = Server.get();

  private Answer refresh(App app, String refreshToken) {
    return app.backChannel.post(
        server.address() + "/oauth2/token",
        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  private static String refreshToken(Answer token) {
    return (String) token.get("refresh_token");
  }

  private static void isNotKnown(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json()).isEqualTo(Map.of("error", "invalid_client"));
  }

  private static void isInvalidGrant(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.get("error")).isEqualTo("invalid_grant");
  }

  @Test
  @DisplayName("smart_token_refresh_stu2: a public client is known by its refresh token")
  void refreshes() {
    App app = App.of(Kind.PUBLIC);
    Answer first = app.launch("drake", SCOPE);

    Answer second = refresh(app, refreshToken(first));

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).containsEntry("patient", "alba").containsKey("refresh_token");
    assertThat(server.bean(AccessTokens.class).grant((String) second.get("access_token")))
        .hasValueSatisfying(grant -> assertThat(grant.clientId()).isEqualTo(app.clientId()));
    assertThat(app.refresh(refreshToken(second)).status()).as("with the name").isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = "PUBLIC", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("a confidential client is not, and is told what it is told for any token")
  void refusesConfidentialClients(Kind kind) {
    App app = App.of(kind);
    String token = refreshToken(app.launch("drake", SCOPE));

    isNotKnown(refresh(app, token));
    isNotKnown(refresh(app, "random"));
    assertThat(app.refresh(token).status()).as("nothing has come of it").isEqualTo(200);
  }

  @Test
  @DisplayName("pitfall 3: a stolen one ends the family here as well")
  void endsTheFamilyOfAStolenToken() {
    App app = App.of(Kind.PUBLIC);
    String first = refreshToken(app.launch("drake", SCOPE));
    Answer second = refresh(app, first);
    server
        .bean(AuthDatabase.class)
        .jdbc()
        .sql("update refresh_token set used = used - interval '1 minute' where token_hash = ?")
        .param(Secrets.hash(first))
        .update();

    isInvalidGrant(refresh(app, first));
    isInvalidGrant(refresh(app, refreshToken(second)));
    assertThat(server.bean(AccessTokens.class).grant((String) second.get("access_token")))
        .isEmpty();
  }

  @Test
  @DisplayName("g10_token_revocation: an app that has been shown out cannot come back so")
  void refusesARevokedApp() {
    App app = App.of(Kind.PUBLIC);
    String token = refreshToken(app.launch("drake", SCOPE));
    server.bean(ConnectedApps.class).revoke(server.account("drake"), app.clientId());

    isInvalidGrant(refresh(app, token));
  }

  @Test
  @DisplayName("at the revocation endpoint the name is still wanted")
  void isForRefreshesAlone() {
    App app = App.of(Kind.PUBLIC);
    String token = refreshToken(app.launch("drake", SCOPE));

    isNotKnown(app.backChannel.post(server.address() + "/oauth2/revoke", Map.of("token", token)));
    assertThat(app.refresh(token).status()).isEqualTo(200);
  }
}

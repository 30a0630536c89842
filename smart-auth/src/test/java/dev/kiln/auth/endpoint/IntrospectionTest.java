package dev.kiln.auth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.client.Clients.Registered;
import dev.kiln.auth.client.Clients.Registration;
import dev.kiln.auth.launch.Launches;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.testing.App;
import dev.kiln.testing.Http;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a token is worth, told to those who may know it; and the end of tokens on request. */
class IntrospectionTest {

  private static final String SCOPE = "launch openid fhirUser offline_access patient/*.rs";

  private final Server server = Server.get();

  private static Map<String, String> of(Object token) {
    return Map.of("token", (String) token);
  }

  private static Answer introspect(App app, Object token) {
    return app.post(Endpoints.INTROSPECT, of(token));
  }

  private Answer launch(App app) {
    String launch =
        server
            .bean(Launches.class)
            .open(server.account("drake"), app.clientId(), Launches.Context.of("alba", "visit"));
    Map<String, Object> request = app.request(SCOPE);
    request.put("launch", launch);
    return app.token(app.exchange(app.code("drake", request)));
  }

  private static void isInactive(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).containsOnly(Map.entry("active", false));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CONFIDENTIAL_SYMMETRIC", "CONFIDENTIAL_ASYMMETRIC"})
  @DisplayName("introspection request group 1, response active; introspection 271, 272")
  void tellsTheOwner(Kind kind) {
    App app = App.of(kind);
    Answer token = launch(app);

    Answer answer = introspect(app, token.get("access_token"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .containsEntry("active", true)
        .containsEntry("client_id", app.clientId())
        .containsEntry("sub", server.account("drake").id())
        .containsEntry("iss", server.address())
        .containsEntry("patient", "alba")
        .containsEntry("encounter", "visit")
        .containsEntry("fhirUser", server.fhirBase() + "/Practitioner/drake");
    assertThat(Scopes.split((String) answer.get("scope"))).isEqualTo(Scopes.split(SCOPE));
    assertThat(((Number) answer.get("exp")).longValue())
        .isGreaterThan(Instant.now().getEpochSecond());
    assertThat(introspect(app, token.get("refresh_token")).json()).containsEntry("active", true);
  }

  @Test
  @DisplayName("introspection request group 2, response inactive: active false and nothing else")
  void tellsOfNoToken() {
    App app = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
    isInactive(introspect(app, "invalid_token_value"));
    isInactive(introspect(app, launch(app).get("id_token")));
  }

  @Test
  @DisplayName("introspection 282, 283; pitfall 19: only who may ask is told")
  void tellsOnlyWhoMayAsk() {
    App app = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
    Object token = launch(app).get("access_token");

    isInactive(introspect(App.of(Kind.CONFIDENTIAL_SYMMETRIC), token));
    assertThat(introspect(App.of(Kind.PUBLIC), token).status()).isEqualTo(401);
    assertThat(new Http().post(server.address() + Endpoints.INTROSPECT, of(token)).status())
        .isEqualTo(401);

    Registered resourceServer =
        server
            .bean(Clients.class)
            .register(
                Registration.app("Imaging", Kind.CONFIDENTIAL_SYMMETRIC, List.of(), List.of())
                    .asResourceServer());
    Answer told =
        new Http()
            .post(
                server.address() + Endpoints.INTROSPECT,
                of(token),
                "Authorization",
                App.basic(resourceServer.client().clientId(), resourceServer.secret()));
    assertThat(told.json()).containsEntry("active", true).containsEntry("patient", "alba");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("RFC 7009: either token ends the whole family, at once, for every kind of client")
  void revokes(Kind kind) {
    App app = App.of(kind);
    for (String which : List.of("access_token", "refresh_token")) {
      Answer token = launch(app);
      Answer later = app.refresh((String) token.get("refresh_token"));
      Answer revoked = app.post(Endpoints.REVOKE, of(later.get(which)));

      assertThat(revoked.status()).isEqualTo(200);
      for (Answer one : List.of(token, later)) {
        assertThat(server.bean(AccessTokens.class).grant((String) one.get("access_token")))
            .isEmpty();
      }
      assertThat(app.refresh((String) later.get("refresh_token")).get("error"))
          .isEqualTo("invalid_grant");
    }
  }

  @Test
  @DisplayName("RFC 7009: an unknown token is no error; another client's is not revoked")
  void revokesOnlyOnesOwn() {
    App app = App.of(Kind.PUBLIC);
    App other = App.of(Kind.PUBLIC);
    Answer token = launch(app);

    assertThat(other.post(Endpoints.REVOKE, of("unknown")).status()).isEqualTo(200);
    assertThat(other.post(Endpoints.REVOKE, of(token.get("refresh_token"))).get("error"))
        .isEqualTo("unauthorized_client");
    assertThat(other.post(Endpoints.REVOKE, of(token.get("access_token"))).status()).isEqualTo(400);
    assertThat(app.refresh((String) token.get("refresh_token")).status()).isEqualTo(200);
  }
}

package dev.kiln.auth.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.secret.Secrets;
import dev.kiln.testing.App;
import dev.kiln.testing.Http;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Keys;
import dev.kiln.testing.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused at the token endpoint. */
class CodeExchangeTest {

  private static final String SCOPE = "launch/patient openid offline_access patient/*.rs";

  private final Server server = Server.get();

  private String code(App app) {
    return app.code("drake", app.request(SCOPE));
  }

  private static void isRefused(Answer answer, int status, String error) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.get("error")).isEqualTo(error);
    assertThat(answer.json()).doesNotContainKey("access_token");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("g10_smart_invalid_token_request_stu2: code=BAD_CODE is 400")
  void refusesABadCode(Kind kind) {
    isRefused(App.of(kind).token(App.of(kind).exchange("BAD_CODE")), 400, "invalid_grant");
  }

  @Test
  @DisplayName("g10_smart_invalid_token_request_stu2: Basic BAD_CLIENT_ID:secret is 401")
  void refusesABadClient() {
    App app = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
    String code = code(app);
    for (String basic :
        List.of(App.basic("BAD_CLIENT_ID", "secret"), App.basic(app.clientId(), "wrong"))) {
      Answer answer =
          app.backChannel.post(
              server.address() + "/oauth2/token", app.exchange(code), "Authorization", basic);
      isRefused(answer, 401, "invalid_client");
      assertThat(answer.header("WWW-Authenticate")).startsWith("Basic");
      assertThat(answer.json()).containsOnlyKeys("error");
    }
    assertThat(app.token(app.exchange(code)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("g10_smart_invalid_pkce_code_verifier_group; pitfall 20")
  void refusesAWrongVerifier(Kind kind) {
    App app = App.of(kind);
    for (String verifier : new String[] {null, "", Secrets.random(), App.challenge(app.verifier)}) {
      Map<String, String> form = app.exchange(code(app));
      form.remove("code_verifier");
      if (verifier != null) {
        form.put("code_verifier", verifier);
      }
      Answer answer = app.token(form);
      assertThat(answer.status()).as("verifier " + verifier).isIn(400, 401);
      assertThat(answer.json()).containsKey("error").doesNotContainKey("access_token");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("pitfall 20: a code that comes twice ends what was given for it")
  void endsTheTokensOfACodeThatComesTwice(Kind kind) {
    App app = App.of(kind);
    String code = code(app);
    Answer first = app.token(app.exchange(code));
    assertThat(first.status()).isEqualTo(200);

    isRefused(app.token(app.exchange(code)), 400, "invalid_grant");

    assertThat(server.bean(AccessTokens.class).grant((String) first.get("access_token"))).isEmpty();
    isRefused(app.refresh((String) first.get("refresh_token")), 400, "invalid_grant");
  }

  @Test
  @DisplayName("of many who exchange one code at once, one at the most gets tokens")
  void givesTokensOnce() throws Exception {
    App app = App.of(Kind.PUBLIC);
    String code = code(app);
    ExecutorService many = Executors.newFixedThreadPool(6);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int one = 0; one < 6; one++) {
      answers.add(many.submit(() -> app.token(app.exchange(code))));
    }
    many.shutdown();
    int given = 0;
    for (Future<Answer> answer : answers) {
      given += answer.get().status() == 200 ? 1 : 0;
    }
    assertThat(given).isEqualTo(1);
  }

  @Test
  @DisplayName("a code of another client, another redirect address, and a late one")
  void refusesAForeignCode() {
    App app = App.of(Kind.PUBLIC);
    Map<String, String> elsewhere = app.exchange(code(app));
    elsewhere.put("redirect_uri", App.REDIRECT + "/else");
    isRefused(app.token(elsewhere), 400, "invalid_grant");

    App thief = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
    Map<String, String> stolen = app.exchange(code(app));
    isRefused(thief.token(stolen), 400, "invalid_grant");

    String late = code(app);
    server
        .bean(AuthDatabase.class)
        .jdbc()
        .sql(
            """
            update app_authorization set code_issued = code_issued - interval '1 hour',
              code_expires = code_expires - interval '1 hour' where code_hash = ?\
            """)
        .param(Secrets.hash(late))
        .update();
    isRefused(app.token(app.exchange(late)), 400, "invalid_grant");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("RFC 6749, 2.3.1 and 3.2: nothing in the address, and nothing twice")
  void refusesAnUnclearForm(Kind kind) {
    App app = App.of(kind);
    Map<String, String> form = app.exchange(code(app));
    Answer inAddress = app.post("/oauth2/token?" + Http.encoded(form), form);
    assertThat(inAddress.status()).isEqualTo(400);
    assertThat(inAddress.get("error")).isEqualTo("invalid_request");

    Map<String, Object> twice = new HashMap<>(form);
    twice.put("code", List.of(form.get("code"), "another"));
    twice.put("client_id", app.clientId());
    Answer repeated = app.backChannel.post(server.address() + "/oauth2/token", twice);
    isRefused(repeated, 400, "invalid_request");
    assertThat(app.token(form).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("a client cannot prove itself by less than it registered")
  void refusesAWeakerProof() {
    App signing = App.of(Kind.CONFIDENTIAL_ASYMMETRIC);
    Map<String, String> asPublic = signing.exchange(code(signing));
    asPublic.put("client_id", signing.clientId());
    isRefused(new Http().post(server.address() + "/oauth2/token", asPublic), 401, "invalid_client");

    App secret = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
    Map<String, String> named = secret.exchange(code(secret));
    named.put("client_id", secret.clientId());
    isRefused(new Http().post(server.address() + "/oauth2/token", named), 401, "invalid_client");

    App open = App.of(Kind.PUBLIC);
    Map<String, String> signed = open.exchange(code(open));
    signed.putAll(Keys.form(Keys.assertion(open.clientId())));
    isRefused(new Http().post(server.address() + "/oauth2/token", signed), 401, "invalid_client");
  }

  @Test
  @DisplayName("an app may not act for itself")
  void refusesClientCredentialsOfAnApp() {
    Answer answer =
        App.of(Kind.CONFIDENTIAL_SYMMETRIC)
            .token(Map.of("grant_type", "client_credentials", "scope", "system/*.rs"));

    isRefused(answer, 400, "unauthorized_client");
  }

  @Test
  @DisplayName("client_secret_post works as client_secret_basic does")
  void takesASecretInTheForm() {
    App app = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
    Map<String, String> form = app.exchange(code(app));
    form.put("client_id", app.clientId());
    form.put("client_secret", app.secret());

    assertThat(new Http().post(server.address() + "/oauth2/token", form).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("pitfall 17: no redirect to the sign-in and no session for a client that failed")
  void answersClientsWithoutARedirect() {
    for (String path : List.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke")) {
      Answer answer =
          new Http().post(server.address() + path, Map.of("token", "x"), "Accept", "text/html");
      isRefused(answer, 401, "invalid_client");
      assertThat(answer.header("Set-Cookie")).isEmpty();
      assertThat(answer.header("Location")).isEmpty();
    }
    Answer authorize = new Http().get(server.address() + "/oauth2/authorize");
    assertThat(authorize.status()).isEqualTo(400);
  }

  @Test
  @DisplayName("a code of a client that was disabled meanwhile is worth nothing")
  void refusesADisabledClient() {
    App app = App.of(Kind.PUBLIC);
    String code = code(app);
    server.bean(Clients.class).disable(app.clientId());

    assertThat(app.token(app.exchange(code)).status()).isIn(400, 401);
    server.bean(Clients.class).enable(app.clientId());
    isRefused(app.token(app.exchange(code)), 400, "invalid_grant");
  }

  @Test
  @DisplayName("codes, states, tokens, launches and secrets are in the database as hashes only")
  void keepsNoSecret() {
    App app = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
    String code = code(app);
    Answer token = app.token(app.exchange(code));
    StringBuilder all = new StringBuilder();
    AuthDatabase database = server.bean(AuthDatabase.class);
    for (String table :
        List.of("client", "app_authorization", "access_token", "refresh_token", "launch")) {
      database
          .jdbc()
          .sql("select t::text from " + table + " t")
          .query(String.class)
          .list()
          .forEach(all::append);
    }
    assertThat(all.toString())
        .contains(app.clientId())
        .doesNotContain(
            code,
            app.secret(),
            (String) token.get("access_token"),
            (String) token.get("refresh_token"),
            (String) token.get("id_token"));
  }
}

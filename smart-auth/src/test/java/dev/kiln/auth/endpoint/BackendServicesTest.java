package dev.kiln.auth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.AccessTokens.Grant;
import dev.kiln.auth.SmartScope;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Registration;
import dev.kiln.testing.Http;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Keys;
import dev.kiln.testing.Server;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SMART Backend Services: a client that acts for itself and signs to prove who it is. */
class BackendServicesTest {

  private final Server server = Server.get();
  private final Http http = new Http();
  private final String client = register("system/*.rs");

  private String register(String... scopes) {
    return server
        .bean(Clients.class)
        .register(
            Registration.backend("Reporting", List.of(scopes))
                .withKeys(Keys.set(Keys.RSA, Keys.EC)))
        .client()
        .clientId();
  }

  private Answer token(Map<String, String> form) {
    return http.post(server.address() + Endpoints.TOKEN, form);
  }

  private Answer request(String assertion) {
    return token(
        Keys.form(assertion, "grant_type", "client_credentials", "scope", "system/Observation.rs"));
  }

  private Answer request(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWK key) {
    return request(Keys.sign(header.build(), claims.build(), key));
  }

  private static JWSHeader.Builder header() {
    return Keys.header(JWSAlgorithm.RS384, Keys.RSA.getKeyID());
  }

  private static void isInvalidClient(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json()).containsOnly(Map.entry("error", "invalid_client"));
  }

  @Test
  @DisplayName("smart_backend_services_auth_request_success (RS384, no client_id; pitfall 6)")
  void grantsByRs384() {
    Answer answer = request(Keys.assertion(client));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(server.bean(AccessTokens.class).grant((String) answer.get("access_token")))
        .get()
        .satisfies(
            grant -> {
              assertThat(grant.clientId()).isEqualTo(client);
              assertThat(grant.subject()).isEqualTo(client);
              assertThat(grant.fhirUser()).isNull();
              assertThat(grant.context()).isEmpty();
            })
        .extracting(Grant::scopes)
        .isEqualTo(Set.of(SmartScope.of("system/Observation.rs").orElseThrow()));
  }

  @Test
  @DisplayName("smart_backend_services_auth_request_success (ES384, no client_id; pitfall 7)")
  void grantsByEs384() {
    Answer answer =
        request(Keys.header(JWSAlgorithm.ES384, Keys.EC.getKeyID()), Keys.claims(client), Keys.EC);

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  @DisplayName("smart_backend_services_auth_response_body; expires_in at most 300; no-store")
  void answersAsTheSpecificationSays() {
    Answer answer = request(Keys.assertion(client));

    assertThat(answer.json())
        .containsEntry("token_type", "Bearer")
        .containsEntry("scope", "system/Observation.rs")
        .doesNotContainKey("refresh_token");
    assertThat(answer.get("expires_in")).isInstanceOf(Integer.class);
    assertThat((int) answer.get("expires_in")).isBetween(290, 300);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Pragma")).contains("no-cache");
  }

  @Test
  @DisplayName("smart_backend_services_invalid_grant_type: 400 exactly")
  void refusesAnUnknownGrantType() {
    Answer answer = token(Keys.form(Keys.assertion(client), "grant_type", "not_a_grant_type"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.get("error")).isEqualTo("unsupported_grant_type");
  }

  @Test
  @DisplayName("smart_backend_services_invalid_client_assertion: 400")
  void refusesAnUnknownAssertionType() {
    Map<String, String> form =
        Keys.form(
            Keys.assertion(client), "grant_type", "client_credentials", "scope", "system/*.rs");
    form.put("client_assertion_type", "not_an_assertion_type");

    Answer answer = token(form);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.get("error")).isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("smart_backend_services_invalid_jwt: wrong iss, garbage, nothing")
  void refusesWhatProvesNothing() {
    isInvalidClient(request(header(), Keys.claims(client).issuer("somebody"), Keys.RSA));
    isInvalidClient(request("invalid_jwt"));
    isInvalidClient(
        token(new HashMap<>(Map.of("grant_type", "client_credentials", "scope", "system/*.rs"))));
  }

  @Test
  @DisplayName("own: a replayed assertion is refused, also by two at once")
  void refusesAReplay() throws Exception {
    String assertion = Keys.assertion(client);
    ExecutorService two = Executors.newFixedThreadPool(2);
    Callable<Integer> once = () -> request(assertion).status();
    List<Future<Integer>> both = two.invokeAll(List.of(once, once));
    two.shutdown();

    assertThat(List.of(both.get(0).get(), both.get(1).get())).containsExactlyInAnyOrder(200, 401);
    isInvalidClient(request(assertion));
  }

  @Test
  @DisplayName("own: an assertion lives five minutes at most, and must say how long")
  void refusesALongLife() {
    Instant now = Instant.now();
    isInvalidClient(
        request(
            header(),
            Keys.claims(client).expirationTime(Date.from(now.plusSeconds(600))),
            Keys.RSA));
    isInvalidClient(
        request(
            header(),
            Keys.claims(client).expirationTime(Date.from(now.minusSeconds(120))),
            Keys.RSA));
    isInvalidClient(request(header(), Keys.claims(client).expirationTime(null), Keys.RSA));
    isInvalidClient(
        request(
            header(),
            Keys.claims(client).notBeforeTime(Date.from(now.plusSeconds(120))),
            Keys.RSA));
  }

  @Test
  @DisplayName("own: wrong aud, wrong sub, no jti, unknown kid")
  void refusesWrongClaims() {
    isInvalidClient(request(header(), Keys.claims(client).audience("https://else"), Keys.RSA));
    isInvalidClient(
        request(
            header(),
            Keys.claims(client)
                .audience(List.of(server.address() + Endpoints.TOKEN, "https://else")),
            Keys.RSA));
    isInvalidClient(
        request(
            header(), Keys.claims(client).audience(server.address() + Endpoints.REVOKE), Keys.RSA));
    isInvalidClient(request(header(), Keys.claims(client).subject("else"), Keys.RSA));
    isInvalidClient(request(header(), Keys.claims(client).jwtID(null), Keys.RSA));
    isInvalidClient(
        request(Keys.header(JWSAlgorithm.RS384, "else"), Keys.claims(client), Keys.RSA));
    isInvalidClient(request(header(), Keys.claims(client), Keys.rsa("rsa")));
  }

  @Test
  @DisplayName("own: alg none, RS256, and HS256 by the public key are refused")
  void refusesOtherAlgorithms() throws Exception {
    JWTClaimsSet claims = Keys.claims(client).build();
    isInvalidClient(request(new PlainJWT(claims).serialize()));
    isInvalidClient(request(Keys.header(JWSAlgorithm.RS256, "rsa"), Keys.claims(client), Keys.RSA));
    JWK confused =
        new OctetSequenceKey.Builder(
                Keys.RSA.toPublicJWK().toRSAKey().toRSAPublicKey().getEncoded())
            .keyID("rsa")
            .build();
    isInvalidClient(request(Keys.header(JWSAlgorithm.HS256, "rsa"), Keys.claims(client), confused));
    isInvalidClient(request(Keys.header(JWSAlgorithm.PS384, "rsa"), Keys.claims(client), Keys.RSA));
  }

  @Test
  @DisplayName("own: a jku that is not registered, and a wrong typ")
  void refusesAForeignKeySet() {
    isInvalidClient(
        request(
            header().jwkURL(URI.create("https://keys.example.org/jwks")),
            Keys.claims(client),
            Keys.RSA));
    isInvalidClient(
        request(header().type(new JOSEObjectType("at+jwt")), Keys.claims(client), Keys.RSA));
  }

  @Test
  @DisplayName(
      "own: a scope beyond the registration, a user's scope and none are refused (pitfall 22)")
  void refusesScopesBeyondTheRegistration() {
    String narrow = register("system/Patient.rs");
    for (String scope :
        List.of("system/Patient.cruds", "system/*.rs", "user/Patient.rs", "openid")) {
      Answer answer =
          token(
              Keys.form(
                  Keys.assertion(narrow), "grant_type", "client_credentials", "scope", scope));
      assertThat(answer.status()).as(scope).isEqualTo(400);
      assertThat(answer.get("error")).as(scope).isEqualTo("invalid_scope");
    }
    Answer none = token(Keys.form(Keys.assertion(narrow), "grant_type", "client_credentials"));
    assertThat(none.get("error")).isEqualTo("invalid_scope");
  }

  @Test
  @DisplayName("pitfall 9: a scope with commas comes through whole")
  void keepsCommas() {
    String scope = "system/Observation.rs?category=a,b";
    Answer answer =
        token(
            Keys.form(Keys.assertion(client), "grant_type", "client_credentials", "scope", scope));

    assertThat(answer.get("scope")).isEqualTo(scope);
    assertThat(server.bean(AccessTokens.class).grant((String) answer.get("access_token")))
        .get()
        .extracting(Grant::scopes)
        .isEqualTo(Set.of(SmartScope.of(scope).orElseThrow()));
  }

  @Test
  @DisplayName("a disabled client is refused and its tokens end at once")
  void endsTheTokensOfADisabledClient() {
    String token = (String) request(Keys.assertion(client)).get("access_token");
    assertThat(server.bean(AccessTokens.class).grant(token)).isPresent();

    server.bean(Clients.class).disable(client);

    assertThat(server.bean(AccessTokens.class).grant(token)).isEmpty();
    isInvalidClient(request(Keys.assertion(client)));
    server.bean(Clients.class).enable(client);
    assertThat(request(Keys.assertion(client)).status()).isEqualTo(200);
  }

  @Test
  void takesNoTokenThatItDidNotSign() {
    String token = (String) request(Keys.assertion(client)).get("access_token");
    String[] parts = token.split("\\.");
    String forged =
        Keys.sign(
            Keys.header(JWSAlgorithm.RS256, "rsa").type(new JOSEObjectType("at+jwt")).build(),
            new JWTClaimsSet.Builder().jwtID("0-0-0-0-0").build(),
            Keys.RSA);

    assertThat(server.bean(AccessTokens.class).grant(forged)).isEmpty();
    assertThat(server.bean(AccessTokens.class).grant(parts[0] + "." + parts[1] + ".")).isEmpty();
    assertThat(server.bean(AccessTokens.class).grant("garbage")).isEmpty();
    assertThat(
            new String(java.util.Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
        .contains("\"scope\":\"system/Observation.rs\"")
        .contains("\"aud\":\"" + server.fhirBase());
  }
}

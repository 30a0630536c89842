package dev.kiln.auth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.key.SigningKeys;
import dev.kiln.testing.App;
import dev.kiln.testing.Http;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who signed in, as apps are told it; and the keys by which they believe it. */
class OpenIdConnectTest {

  private static final String SCOPE = "openid fhirUser profile user/*.rs";

  private final Server server = Server.get();
  private final App app = App.of(Kind.PUBLIC);

  private JWKSet keys() throws Exception {
    return JWKSet.parse(new Http().get(server.address() + "/oauth2/jwks").response().body());
  }

  private boolean isSigned(SignedJWT token) throws Exception {
    JWK key = keys().getKeyByKeyId(token.getHeader().getKeyID());
    return key != null && token.verify(new RSASSAVerifier(key.toRSAKey()));
  }

  private static SignedJWT idToken(Answer token) throws Exception {
    return SignedJWT.parse((String) token.get("id_token"));
  }

  private Answer userInfo(Answer token) {
    return new Http()
        .get(
            server.address() + "/userinfo", "Authorization", "Bearer " + token.get("access_token"));
  }

  @Test
  @DisplayName(
      "smart_openid_decode_id_token, smart_openid_token_header, smart_openid_token_payload,"
          + " smart_openid_fhir_user_claim")
  void tellsWhoSignedIn() throws Exception {
    Map<String, Object> request = app.request(SCOPE);
    request.put("nonce", "n-0S6");
    Answer token = app.token(app.exchange(app.code("drake", request)));
    SignedJWT id = idToken(token);

    assertThat(id.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(isSigned(id)).isTrue();
    assertThat(id.getJWTClaimsSet().getIssuer()).isEqualTo(server.address());
    assertThat(id.getJWTClaimsSet().getAudience()).containsExactly(app.clientId());
    assertThat(id.getJWTClaimsSet().getSubject()).isEqualTo(server.account("drake").id());
    assertThat(id.getJWTClaimsSet().getExpirationTime().toInstant()).isAfter(Instant.now());
    assertThat(id.getJWTClaimsSet().getIssueTime()).isNotNull();
    assertThat(id.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("n-0S6");
    assertThat(id.getJWTClaimsSet().getStringClaim("name")).isEqualTo("Ana drake");
    assertThat(id.getJWTClaimsSet().getStringClaim("fhirUser"))
        .isEqualTo(server.fhirBase() + "/Practitioner/drake");
  }

  @Test
  @DisplayName("fhirUser and name only where they were granted; an auditor is nobody in the store")
  void tellsNoMoreThanGranted() throws Exception {
    SignedJWT id = idToken(app.launch("drake", "openid user/*.rs"));
    assertThat(id.getJWTClaimsSet().getClaims()).doesNotContainKeys("fhirUser", "name", "nonce");

    SignedJWT audit = idToken(app.launch("audit", SCOPE));
    assertThat(audit.getJWTClaimsSet().getClaims()).doesNotContainKey("fhirUser");
    assertThat(app.launch("drake", "user/*.rs").json()).doesNotContainKey("id_token");
  }

  @Test
  @DisplayName("userinfo tells the same as the id_token")
  void answersUserInfo() {
    Answer told = userInfo(app.launch("drake", SCOPE));

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.json())
        .containsOnly(
            Map.entry("sub", server.account("drake").id()),
            Map.entry("name", "Ana drake"),
            Map.entry("fhirUser", server.fhirBase() + "/Practitioner/drake"));
  }

  @Test
  @DisplayName(
      "userinfo: 401 without a token, with a revoked one and an id_token; 403 without openid")
  void refusesUserInfo() {
    Answer none = new Http().get(server.address() + "/userinfo");
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");

    Answer token = app.launch("drake", SCOPE);
    Answer byIdToken =
        new Http()
            .get(
                server.address() + "/userinfo", "Authorization", "Bearer " + token.get("id_token"));
    assertThat(byIdToken.status()).isEqualTo(401);
    assertThat(server.bean(AccessTokens.class).grant((String) token.get("id_token"))).isEmpty();

    server.bean(ConnectedApps.class).revoke(server.account("drake"), app.clientId());
    Answer revoked = userInfo(token);
    assertThat(revoked.status()).isEqualTo(401);
    assertThat(revoked.header("WWW-Authenticate")).contains("invalid_token");

    assertThat(userInfo(app.launch("drake", "user/*.rs")).status()).isEqualTo(403);
  }

  @Test
  @DisplayName("a rotated key: old tokens live on, both are published, the new one signs later")
  void rotatesKeys() throws Exception {
    Answer before = app.launch("drake", SCOPE);
    SignedJWT old = idToken(before);
    Set<String> published = kids();

    server.bean(SigningKeys.class).rotate();

    assertThat(kids()).containsAll(published).hasSize(published.size() + 1);
    assertThat(idToken(app.launch("drake", SCOPE)).getHeader().getKeyID())
        .as("published before it signs")
        .isEqualTo(old.getHeader().getKeyID());
    server
        .bean(AuthDatabase.class)
        .jdbc()
        .sql("update signing_key set created = created - interval '1 minute'")
        .update();
    Answer after = app.launch("drake", SCOPE);
    for (int second = 0;
        second < 30 && idToken(after).getHeader().getKeyID().equals(old.getHeader().getKeyID());
        second++) {
      Thread.sleep(1000);
      after = app.launch("drake", SCOPE);
    }
    SignedJWT fresh = idToken(after);
    assertThat(published).doesNotContain(fresh.getHeader().getKeyID());
    assertThat(isSigned(old)).isTrue();
    assertThat(isSigned(fresh)).isTrue();
    for (Answer token : List.of(before, after)) {
      assertThat(server.bean(AccessTokens.class).grant((String) token.get("access_token")))
          .isPresent();
    }
  }

  private Set<String> kids() throws Exception {
    return keys().getKeys().stream().map(JWK::getKeyID).collect(Collectors.toSet());
  }
}

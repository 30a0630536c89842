package dev.kiln.auth.assertion;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.jwt.BadJwtException;

/**
 * What an assertion must say (SMART App Launch 2.2, "Signature verification"), looked at before any
 * key is fetched.
 */
final class AssertionRules {

  /** No other, whatever the key: RS256 is too old, HS256 would take a public key for a secret. */
  static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS384, JWSAlgorithm.ES384);

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

  /** How far the clocks of two machines may disagree. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private static final int LONGEST_JTI = 255;

  private final String audience;
  private final Clock clock;

  /**
   * @param audience the token endpoint's address; an assertion for another server or endpoint is
   *     refused
   */
  AssertionRules(String audience, Clock clock) {
    this.audience = audience;
    this.clock = clock;
  }

  void check(JWSHeader header, JWTClaimsSet claims, String clientId, String registeredKeysUrl) {
    demand(ALGORITHMS.contains(header.getAlgorithm()), "alg");
    demand(header.getType() == null || JOSEObjectType.JWT.equals(header.getType()), "typ");
    demand(header.getKeyID() != null, "kid");
    demand(
        header.getJWKURL() == null || header.getJWKURL().toString().equals(registeredKeysUrl),
        "jku");
    demand(clientId.equals(claims.getIssuer()) && clientId.equals(claims.getSubject()), "iss");
    demand(List.of(audience).equals(claims.getAudience()), "aud");
    demand(
        claims.getJWTID() != null
            && !claims.getJWTID().isBlank()
            && claims.getJWTID().length() <= LONGEST_JTI,
        "jti");
    Instant now = clock.instant();
    demand(claims.getExpirationTime() != null, "exp");
    Instant expires = claims.getExpirationTime().toInstant();
    demand(expires.isAfter(now.minus(SKEW)), "exp");
    demand(!expires.isAfter(now.plus(LONGEST_LIFE).plus(SKEW)), "exp");
    demand(
        claims.getNotBeforeTime() == null
            || !claims.getNotBeforeTime().toInstant().isAfter(now.plus(SKEW)),
        "nbf");
    demand(
        claims.getIssueTime() == null || !claims.getIssueTime().toInstant().isAfter(now.plus(SKEW)),
        "iat");
  }

  private static void demand(boolean isSo, String what) {
    if (!isSo) {
      throw new BadJwtException("The assertion's " + what + " is not acceptable");
    }
  }
}

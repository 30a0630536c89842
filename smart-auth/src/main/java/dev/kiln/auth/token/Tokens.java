package dev.kiln.auth.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.kiln.auth.Account;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.auth.secret.Secrets;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Makes the tokens' texts. An access token says little, since what it allows is looked up by its
 * {@code jti}; it names no patient.
 */
public final class Tokens {

  private final TokenSignatures signatures;
  private final AuthAddresses addresses;

  Tokens(TokenSignatures signatures, AuthAddresses addresses) {
    this.signatures = signatures;
    this.addresses = addresses;
  }

  /**
   * @param subject the account's id, or the client's own where it acts for itself
   */
  public Jwt access(String clientId, String subject, Set<String> scopes) {
    Instant issued = now();
    Instant expires =
        issued.plus(subject.equals(clientId) ? Lifetimes.BACKEND_ACCESS : Lifetimes.APP_ACCESS);
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(addresses.issuer())
            .subject(subject)
            .audience(addresses.fhirBase())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(issued))
            .expirationTime(Date.from(expires))
            .claim("client_id", clientId)
            .claim("scope", Scopes.join(scopes))
            .build();
    return jwt(signatures.sign(TokenSignatures.ACCESS, claims), claims, issued, expires);
  }

  /**
   * @param nonce as the app sent it; null where it sent none, and for a refresh
   */
  public Jwt id(String clientId, Account account, Set<String> scopes, String nonce) {
    Instant issued = now();
    Instant expires = issued.plus(Lifetimes.ID_TOKEN);
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(addresses.issuer())
            .subject(account.id())
            .audience(clientId)
            .issueTime(Date.from(issued))
            .expirationTime(Date.from(expires));
    if (nonce != null) {
      claims.claim("nonce", nonce);
    }
    if (scopes.contains("fhirUser") && account.fhirUser() != null) {
      claims.claim("fhirUser", fhirUser(account.fhirUser()));
    }
    if (scopes.contains("profile")) {
      claims.claim("name", account.name());
    }
    JWTClaimsSet built = claims.build();
    return jwt(signatures.sign(TokenSignatures.ID, built), built, issued, expires);
  }

  /** As apps are told it: an address below the FHIR base. */
  public String fhirUser(String reference) {
    return addresses.fhirBase() + "/" + reference;
  }

  /** Null where none of the scopes asks for one: the grant type alone is no consent to it. */
  public OAuth2RefreshToken refresh(Collection<String> scopes) {
    if (!scopes.contains("offline_access") && !scopes.contains("online_access")) {
      return null;
    }
    Instant issued = now();
    return new OAuth2RefreshToken(Secrets.random(), issued, issued.plus(Lifetimes.REFRESH));
  }

  /** Whole seconds, as tokens tell time. */
  private static Instant now() {
    return Instant.ofEpochSecond(Instant.now().getEpochSecond());
  }

  private static Jwt jwt(String text, JWTClaimsSet claims, Instant issued, Instant expires) {
    return Jwt.withTokenValue(text)
        .header("alg", "RS256")
        .claims(all -> all.putAll(claims.getClaims()))
        .issuedAt(issued)
        .expiresAt(expires)
        .build();
  }
}

package dev.kiln.auth;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells the FHIR API what a token allows. */
public interface AccessTokens {

  /**
   * What the token allows at this moment: a token that has been revoked a moment ago allows
   * nothing.
   *
   * @param token as the client sent it
   * @return empty where it is none of this server's, or ended, or revoked
   */
  Optional<Grant> grant(String token);

  /**
   * What an access token allows.
   *
   * @param tokenId its {@code jti}
   * @param clientId the app's
   * @param subject id of the account that signed in; the client's own where it acts for itself
   * @param fhirUser for example {@code Practitioner/1}; null for a client that acts for itself and
   *     for accounts of nobody in the store
   * @param scopes that have been granted and concern FHIR resources
   * @param rights that have been granted, such as {@code message.read}
   * @param context launch context: {@code patient} and {@code encounter} as bare ids
   * @param expires when it ends
   */
  record Grant(
      String tokenId,
      String clientId,
      String subject,
      String fhirUser,
      Set<SmartScope> scopes,
      Set<String> rights,
      Map<String, String> context,
      Instant expires) {}
}

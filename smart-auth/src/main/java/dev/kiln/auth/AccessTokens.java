package dev.kiln.auth;

import java.util.Optional;

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
}

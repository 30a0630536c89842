package dev.kiln.auth.token;

import dev.kiln.auth.Accounts.Ceiling;
import dev.kiln.auth.scope.Scopes;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An access token as it is kept.
 *
 * @param authorizationId the authorization that it comes from; null for a client that acts for
 *     itself
 * @param subject the account's id, or the client's
 * @param fhirUser for example {@code Practitioner/1}; may be null
 * @param context launch context as the app is told it
 */
public record AccessToken(
    UUID jti,
    UUID authorizationId,
    String clientId,
    String subject,
    String fhirUser,
    Set<String> scopes,
    Map<String, Object> context,
    Instant issued,
    Instant expires) {

  /** With no more scopes than the roles of a person allow. */
  AccessToken within(Ceiling ceiling) {
    return new AccessToken(
        jti,
        authorizationId,
        clientId,
        subject,
        fhirUser,
        Scopes.within(scopes, ceiling),
        context,
        issued,
        expires);
  }
}

package dev.kiln.auth;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What an access token allows.
 *
 * @param tokenId its {@code jti}
 * @param clientId the app's
 * @param subject id of the account that signed in; the client's own where it acts for itself
 * @param fhirUser for example {@code Practitioner/1}; null for a client that acts for itself and
 *     for accounts of nobody in the store
 * @param scopes that have been granted and concern FHIR resources
 * @param context launch context: {@code patient} and {@code encounter} as bare ids
 * @param expires when it ends
 */
public record Grant(
    String tokenId,
    String clientId,
    String subject,
    String fhirUser,
    Set<SmartScope> scopes,
    Map<String, String> context,
    Instant expires) {}

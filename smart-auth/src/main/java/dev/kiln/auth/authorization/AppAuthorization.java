package dev.kiln.auth.authorization;

import dev.kiln.auth.scope.Scopes;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An app's request, and once it is granted the family of the tokens that come from it.
 *
 * @param requested all that may be granted
 * @param scopes all that was granted; empty while the person thinks
 * @param appState the app's own {@code state}
 * @param nonce null where the app sent none
 * @param context of the launch, in the words in which an app is told it
 * @param session name of the session in which it was granted; may be null
 * @param familySecret from which the successors of refresh tokens are derived
 */
public record AppAuthorization(
    UUID id,
    String clientId,
    String account,
    Set<String> requested,
    Set<String> scopes,
    String redirectUri,
    String appState,
    String codeChallenge,
    String nonce,
    boolean isStandalone,
    Map<String, Object> context,
    String session,
    byte[] familySecret,
    Code code,
    boolean isRevoked) {

  /**
   * The authorization code.
   *
   * @param issued null where none was issued yet
   */
  public record Code(Instant issued, Instant expires, boolean isUsed) {}

  /** Whether the app gets a patient in context. */
  public boolean wantsPatient() {
    return Scopes.needPatient(requested);
  }

  /** Bare id; null where none is chosen. */
  public String patient() {
    return context.get("patient") instanceof String patient ? patient : null;
  }

  /** The context as far as the person consented that the app be in one. */
  public Map<String, Object> grantedContext() {
    return scopes.contains("launch") || Scopes.needPatient(scopes) ? context : Map.of();
  }

  /** Whether its refresh tokens end with the session. */
  public boolean isOnline() {
    return scopes.contains("online_access") && !scopes.contains("offline_access");
  }
}

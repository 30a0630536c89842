package dev.kiln.auth.authorization;

import dev.kiln.auth.scope.Scopes;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationToken;

/**
 * The last look at a consent. Scopes of one patient must not be granted without the patient, or
 * their token would stand for nobody or, worse, for everybody.
 */
public final class ConsentRules
    implements Consumer<OAuth2AuthorizationConsentAuthenticationContext> {

  private final AuthorizationTable table;

  ConsentRules(AuthorizationTable table) {
    this.table = table;
  }

  @Override
  public void accept(OAuth2AuthorizationConsentAuthenticationContext context) {
    OAuth2AuthorizationConsentAuthenticationToken consent = context.getAuthentication();
    Set<String> scopes = consent.getScopes();
    AppAuthorization request =
        table.byId(UUID.fromString(context.getAuthorization().getId())).orElseThrow();
    if (!Scopes.needPatient(scopes) || request.patient() != null) {
      return;
    }
    table.remove(request.id());
    throw AuthorizeRules.error(
        OAuth2ErrorCodes.ACCESS_DENIED,
        "patient",
        new OAuth2AuthorizationCodeRequestAuthenticationToken(
            consent.getAuthorizationUri(),
            request.clientId(),
            (Authentication) consent.getPrincipal(),
            request.redirectUri(),
            request.appState(),
            request.requested(),
            null));
  }
}

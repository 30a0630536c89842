package dev.kiln.auth.exchange;

import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.SmartScope;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.auth.token.AccessToken;
import dev.kiln.auth.token.AccessTokenTable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;

/**
 * Adds the launch context beside the access token (SMART App Launch 2.2, "Launch context arrives
 * with your access_token"), after a refresh as after a code.
 */
public final class LaunchContextResponse
    implements Consumer<OAuth2AccessTokenAuthenticationContext> {

  private final AccessTokenTable accessTokens;
  private final AuthAddresses addresses;

  LaunchContextResponse(AccessTokenTable accessTokens, AuthAddresses addresses) {
    this.accessTokens = accessTokens;
    this.addresses = addresses;
  }

  @Override
  public void accept(OAuth2AccessTokenAuthenticationContext context) {
    OAuth2AccessTokenAuthenticationToken answer = context.getAuthentication();
    if (Scopes.haveLevel(answer.getAccessToken().getScopes(), SmartScope.Level.SYSTEM)) {
      // A service that acts for itself has been launched from nowhere; it need not be looked up.
      return;
    }
    accessTokens
        .live(answer.getAccessToken().getTokenValue())
        .filter(token -> token.authorizationId() != null)
        .ifPresent(
            token ->
                // The builder replaces what it has, and it has the id_token.
                context
                    .getAccessTokenResponse()
                    .additionalParameters(with(answer.getAdditionalParameters(), token)));
  }

  private Map<String, Object> with(Map<String, Object> former, AccessToken token) {
    Map<String, Object> all = new HashMap<>(former);
    all.putAll(token.context());
    if (!token.context().isEmpty()) {
      all.put("smart_style_url", addresses.issuer() + "/.well-known/smart-style.json");
    }
    return all;
  }
}

package dev.kiln.auth.exchange;

import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.token.Tokens;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Makes the tokens that the library asks for. A refresh token follows from the scopes, also for
 * public clients; the library would tie it to the grant type and refuse it to them.
 */
public final class SmartTokenGenerator implements OAuth2TokenGenerator<OAuth2Token> {

  private final Tokens tokens;
  private final Accounts accounts;

  SmartTokenGenerator(Tokens tokens, Accounts accounts) {
    this.tokens = tokens;
    this.accounts = accounts;
  }

  @Override
  public OAuth2Token generate(OAuth2TokenContext context) {
    String clientId = context.getRegisteredClient().getClientId();
    if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
      return tokens.access(
          clientId, context.getPrincipal().getName(), context.getAuthorizedScopes());
    }
    if (OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
      return tokens.refresh(context.getAuthorizedScopes());
    }
    if (OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
      OAuth2AuthorizationRequest request =
          context.getAuthorization().getAttribute(OAuth2AuthorizationRequest.class.getName());
      Account account =
          accounts
              .byId(context.getPrincipal().getName())
              .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
      return tokens.id(
          clientId,
          account,
          context.getAuthorizedScopes(),
          (String) request.getAdditionalParameters().get(OidcParameterNames.NONCE));
    }
    return null;
  }
}

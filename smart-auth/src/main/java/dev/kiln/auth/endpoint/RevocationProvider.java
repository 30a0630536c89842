package dev.kiln.auth.endpoint;

import dev.kiln.auth.authorization.AuthorizationTable;
import dev.kiln.auth.token.AccessToken;
import dev.kiln.auth.token.AccessTokenTable;
import dev.kiln.auth.token.RefreshTokenTable;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenRevocationAuthenticationToken;

/**
 * Ends a token and everything that came from the same consent (RFC 7009), whichever of the tokens
 * the client shows: an app that signs off means all of them. A token that is unknown has ended
 * already, which is no error.
 */
final class RevocationProvider implements AuthenticationProvider {

  private final AccessTokenTable accessTokens;
  private final RefreshTokenTable refreshTokens;
  private final AuthorizationTable authorizations;

  RevocationProvider(
      AccessTokenTable accessTokens,
      RefreshTokenTable refreshTokens,
      AuthorizationTable authorizations) {
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.authorizations = authorizations;
  }

  @Override
  public Authentication authenticate(Authentication authentication) {
    OAuth2TokenRevocationAuthenticationToken request =
        (OAuth2TokenRevocationAuthenticationToken) authentication;
    if (!(request.getPrincipal() instanceof OAuth2ClientAuthenticationToken caller)
        || !caller.isAuthenticated()) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    String clientId = caller.getRegisteredClient().getClientId();
    Optional<AccessToken> access = accessTokens.live(request.getToken());
    if (access.isPresent()) {
      demandOwner(clientId, access.get().clientId());
      end(access.get());
    } else {
      refreshTokens
          .find(request.getToken())
          .flatMap(kept -> authorizations.byId(kept.authorizationId()))
          .ifPresent(
              authorization -> {
                demandOwner(clientId, authorization.clientId());
                authorizations.revoke(authorization.id());
              });
    }
    request.setAuthenticated(true);
    return request;
  }

  private void end(AccessToken token) {
    UUID family = token.authorizationId();
    if (family == null) {
      accessTokens.end(token.jti());
    } else {
      authorizations.revoke(family);
    }
  }

  /** RFC 7009, section 2.1: of another client's token, the client is told that it may not. */
  private static void demandOwner(String caller, String owner) {
    if (!caller.equals(owner)) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT);
    }
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return OAuth2TokenRevocationAuthenticationToken.class.isAssignableFrom(authentication);
  }
}

package dev.kiln.auth.endpoint;

import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.token.AccessToken;
import dev.kiln.auth.token.AccessTokenTable;
import dev.kiln.auth.token.Tokens;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Says who signed in (OpenID Connect Core, section 5.3), as far as the scopes allow. */
final class UserInfoProvider implements AuthenticationProvider {

  private final AccessTokenTable accessTokens;
  private final Accounts accounts;
  private final Tokens tokens;

  UserInfoProvider(AccessTokenTable accessTokens, Accounts accounts, Tokens tokens) {
    this.accessTokens = accessTokens;
    this.accounts = accounts;
    this.tokens = tokens;
  }

  @Override
  public Authentication authenticate(Authentication authentication) {
    OAuth2AuthenticationException ended =
        new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_TOKEN);
    if (!(authentication.getPrincipal() instanceof JwtAuthenticationToken bearer)) {
      throw ended;
    }
    AccessToken token =
        accessTokens.live(bearer.getToken().getTokenValue()).orElseThrow(() -> ended);
    if (!token.scopes().contains("openid")) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INSUFFICIENT_SCOPE);
    }
    Account account = accounts.byId(token.subject()).orElseThrow(() -> ended);
    OidcUserInfo.Builder told = OidcUserInfo.builder().subject(account.id());
    if (token.scopes().contains("fhirUser") && account.fhirUser() != null) {
      told.claim("fhirUser", tokens.fhirUser(account.fhirUser()));
    }
    if (token.scopes().contains("profile")) {
      told.name(account.name());
    }
    return new OidcUserInfoAuthenticationToken(bearer, told.build());
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return OidcUserInfoAuthenticationToken.class.isAssignableFrom(authentication);
  }
}

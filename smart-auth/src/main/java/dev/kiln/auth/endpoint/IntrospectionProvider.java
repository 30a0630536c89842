package dev.kiln.auth.endpoint;

import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.authorization.AppAuthorization;
import dev.kiln.auth.authorization.AuthorizationTable;
import dev.kiln.auth.client.RegisteredClients;
import dev.kiln.auth.token.AccessToken;
import dev.kiln.auth.token.AccessTokenTable;
import dev.kiln.auth.token.RefreshTokenTable;
import dev.kiln.auth.token.RefreshTokenTable.Kept;
import dev.kiln.auth.token.Tokens;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenIntrospection;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;

/**
 * Tells whether a token is alive and what it allows (RFC 7662): a client about its own tokens, a
 * resource server about all. Whoever may not ask is told the same as of a token that is none.
 */
final class IntrospectionProvider implements AuthenticationProvider {

  private final RegisteredClients clients;
  private final AccessTokenTable accessTokens;
  private final RefreshTokenTable refreshTokens;
  private final AuthorizationTable authorizations;
  private final Accounts accounts;
  private final Tokens tokens;
  private final AuthAddresses addresses;

  IntrospectionProvider(
      RegisteredClients clients,
      AccessTokenTable accessTokens,
      RefreshTokenTable refreshTokens,
      AuthorizationTable authorizations,
      Accounts accounts,
      Tokens tokens,
      AuthAddresses addresses) {
    this.clients = clients;
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.authorizations = authorizations;
    this.accounts = accounts;
    this.tokens = tokens;
    this.addresses = addresses;
  }

  @Override
  public Authentication authenticate(Authentication authentication) {
    OAuth2TokenIntrospectionAuthenticationToken request =
        (OAuth2TokenIntrospectionAuthenticationToken) authentication;
    if (!(request.getPrincipal() instanceof OAuth2ClientAuthenticationToken caller)
        || ClientAuthenticationMethod.NONE.equals(caller.getClientAuthenticationMethod())) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    OAuth2TokenIntrospection answer =
        told(request.getToken(), caller.getRegisteredClient().getClientId())
            .orElse(OAuth2TokenIntrospection.builder(false).build());
    return new OAuth2TokenIntrospectionAuthenticationToken(request.getToken(), caller, answer);
  }

  private Optional<OAuth2TokenIntrospection> told(String token, String caller) {
    Optional<AccessToken> access = accessTokens.live(token);
    if (access.isPresent()) {
      return access.filter(found -> mayKnow(caller, found.clientId())).map(this::access);
    }
    Optional<Kept> refresh =
        refreshTokens
            .find(token)
            .filter(kept -> kept.used() == null && kept.expires().isAfter(Instant.now()));
    return refresh
        .flatMap(kept -> authorizations.byId(kept.authorizationId()))
        .filter(found -> !found.isRevoked() && mayKnow(caller, found.clientId()))
        .filter(found -> accounts.byId(found.account()).isPresent())
        .map(found -> refresh(found, refresh.get().expires()));
  }

  private boolean mayKnow(String caller, String owner) {
    return caller.equals(owner) || clients.mayIntrospect(caller);
  }

  private OAuth2TokenIntrospection access(AccessToken token) {
    OAuth2TokenIntrospection.Builder answer =
        OAuth2TokenIntrospection.builder(true)
            .tokenType("Bearer")
            .clientId(token.clientId())
            .subject(token.subject())
            .issuer(addresses.issuer())
            .audience(addresses.fhirBase())
            .id(token.jti().toString())
            .issuedAt(token.issued())
            .expiresAt(token.expires())
            .scopes(scopes -> scopes.addAll(token.scopes()));
    token.context().forEach(answer::claim);
    if (token.fhirUser() != null && token.scopes().contains("fhirUser")) {
      answer.claim("fhirUser", tokens.fhirUser(token.fhirUser()));
    }
    return answer.build();
  }

  private OAuth2TokenIntrospection refresh(AppAuthorization authorization, Instant expires) {
    return OAuth2TokenIntrospection.builder(true)
        .clientId(authorization.clientId())
        .subject(authorization.account())
        .issuer(addresses.issuer())
        .expiresAt(expires)
        .scopes(scopes -> scopes.addAll(authorization.scopes()))
        .build();
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return OAuth2TokenIntrospectionAuthenticationToken.class.isAssignableFrom(authentication);
  }
}

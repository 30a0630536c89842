package dev.kiln.auth.authorization;

import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.token.AccessToken;
import dev.kiln.auth.token.AccessTokenTable;
import dev.kiln.auth.token.RefreshTokenTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * Keeps what the library hands over, in tables of this server's own. Each state that the library's
 * object can be in is one change of the tables, made so that of two who race only one succeeds.
 */
final class Authorizations implements OAuth2AuthorizationService {

  private final AuthDatabase database;
  private final AuthorizationTable table;
  private final AccessTokenTable accessTokens;
  private final RefreshTokenTable refreshTokens;
  private final NewRequests requests;
  private final LibraryForm form;
  private final Accounts accounts;

  Authorizations(
      AuthDatabase database,
      AuthorizationTable table,
      AccessTokenTable accessTokens,
      RefreshTokenTable refreshTokens,
      NewRequests requests,
      LibraryForm form,
      Accounts accounts) {
    this.database = database;
    this.table = table;
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.requests = requests;
    this.form = form;
    this.accounts = accounts;
  }

  @Override
  public void save(OAuth2Authorization authorization) {
    OAuth2Authorization.Token<OAuth2AccessToken> access = authorization.getAccessToken();
    OAuth2Authorization.Token<OAuth2AuthorizationCode> code =
        authorization.getToken(OAuth2AuthorizationCode.class);
    String state = authorization.getAttribute(OAuth2ParameterNames.STATE);
    if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(
        authorization.getAuthorizationGrantType())) {
      accessTokens.insert(ofClient(access, authorization));
    } else if (state != null) {
      table.insert(requests.of(authorization), state);
    } else if (access != null && access.isInvalidated()) {
      table.revoke(id(authorization));
    } else if (access != null) {
      exchanged(authorization, access);
    } else if (code.isInvalidated()) {
      table.useCode(id(authorization));
    } else {
      granted(authorization, code.getToken());
    }
  }

  private void granted(OAuth2Authorization authorization, OAuth2AuthorizationCode code) {
    if (!table.grant(
        id(authorization),
        authorization.getAuthorizedScopes(),
        code.getTokenValue(),
        code.getIssuedAt(),
        code.getExpiresAt())) {
      throw AuthorizeRules.error(OAuth2ErrorCodes.INVALID_REQUEST, "state", null);
    }
  }

  /** The code is used, and its tokens come to life, together or not at all. */
  private void exchanged(
      OAuth2Authorization authorization, OAuth2Authorization.Token<OAuth2AccessToken> access) {
    database
        .transactions()
        .executeWithoutResult(
            transaction -> {
              UUID id = id(authorization);
              if (!table.useCode(id)) {
                throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
              }
              AppAuthorization granted = table.byId(id).orElseThrow();
              accessTokens.insert(ofAccount(access, granted));
              OAuth2Authorization.Token<OAuth2RefreshToken> refresh =
                  authorization.getRefreshToken();
              if (refresh != null) {
                OAuth2RefreshToken token = refresh.getToken();
                refreshTokens.insert(
                    token.getTokenValue(), id, token.getIssuedAt(), token.getExpiresAt());
              }
            });
  }

  private AccessToken ofAccount(
      OAuth2Authorization.Token<OAuth2AccessToken> access, AppAuthorization granted) {
    Account account =
        accounts
            .byId(granted.account())
            .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
    return new AccessToken(
        jti(access),
        granted.id(),
        granted.clientId(),
        account.id(),
        account.fhirUser(),
        access.getToken().getScopes(),
        new LinkedHashMap<>(granted.grantedContext()),
        access.getToken().getIssuedAt(),
        access.getToken().getExpiresAt());
  }

  private static AccessToken ofClient(
      OAuth2Authorization.Token<OAuth2AccessToken> access, OAuth2Authorization authorization) {
    return new AccessToken(
        jti(access),
        null,
        authorization.getRegisteredClientId(),
        authorization.getRegisteredClientId(),
        null,
        access.getToken().getScopes(),
        Map.of(),
        access.getToken().getIssuedAt(),
        access.getToken().getExpiresAt());
  }

  private static UUID jti(OAuth2Authorization.Token<OAuth2AccessToken> access) {
    return UUID.fromString((String) access.getClaims().get("jti"));
  }

  private static UUID id(OAuth2Authorization authorization) {
    return UUID.fromString(authorization.getId());
  }

  @Override
  public void remove(OAuth2Authorization authorization) {
    table.remove(id(authorization));
  }

  @Override
  public OAuth2Authorization findById(String id) {
    return table.byId(UUID.fromString(id)).flatMap(form::of).orElse(null);
  }

  /**
   * By the state of a request or by a code. Tokens are looked up by the endpoints that concern them
   * and never here.
   */
  @Override
  public OAuth2Authorization findByToken(String token, OAuth2TokenType type) {
    Optional<AppAuthorization> found =
        switch (type == null ? "" : type.getValue()) {
          case OAuth2ParameterNames.STATE -> table.byState(token);
          case OAuth2ParameterNames.CODE -> table.byCode(token);
          default -> Optional.empty();
        };
    return found
        .filter(authorization -> !authorization.isRevoked())
        .flatMap(authorization -> form.of(authorization, token))
        .orElse(null);
  }
}

package dev.kiln.auth.exchange;

import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.authorization.AppAuthorization;
import dev.kiln.auth.authorization.AuthorizationTable;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.auth.secret.Secrets;
import dev.kiln.auth.session.SignInSessions;
import dev.kiln.auth.token.AccessToken;
import dev.kiln.auth.token.AccessTokenTable;
import dev.kiln.auth.token.Lifetimes;
import dev.kiln.auth.token.RefreshTokenTable;
import dev.kiln.auth.token.RefreshTokenTable.Kept;
import dev.kiln.auth.token.Tokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Exchanges a refresh token for new tokens (RFC 6749, section 6). Each is good once. One that comes
 * a second time was stolen from the app or by it, and its whole family ends, except within some
 * seconds: then it is another tab of the same app, and gets the very successor that the first tab
 * got. Whoever of two uses that successor too late is found out all the same.
 */
public final class RefreshProvider implements AuthenticationProvider {

  private final AuthDatabase database;
  private final AuthorizationTable authorizations;
  private final AccessTokenTable accessTokens;
  private final RefreshTokenTable refreshTokens;
  private final Tokens tokens;
  private final Accounts accounts;
  private final SignInSessions sessions;
  private final PatientDirectory patients;

  /** What a transaction came to: either tokens or the code of an error. */
  private record Outcome(OAuth2AccessTokenAuthenticationToken tokens, String error) {}

  RefreshProvider(
      AuthDatabase database,
      AuthorizationTable authorizations,
      AccessTokenTable accessTokens,
      RefreshTokenTable refreshTokens,
      Tokens tokens,
      Accounts accounts,
      SignInSessions sessions,
      PatientDirectory patients) {
    this.database = database;
    this.authorizations = authorizations;
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.tokens = tokens;
    this.accounts = accounts;
    this.sessions = sessions;
    this.patients = patients;
  }

  /** The transaction commits also where the answer is an error: the family has ended then. */
  @Override
  public Authentication authenticate(Authentication authentication) {
    OAuth2RefreshTokenAuthenticationToken request =
        (OAuth2RefreshTokenAuthenticationToken) authentication;
    if (!(request.getPrincipal() instanceof OAuth2ClientAuthenticationToken client)
        || !client.isAuthenticated()) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    Outcome outcome =
        database.transactions().execute(transaction -> exchange(request, client, Instant.now()));
    if (outcome.error() != null) {
      throw new OAuth2AuthenticationException(outcome.error());
    }
    return outcome.tokens();
  }

  private Outcome exchange(
      OAuth2RefreshTokenAuthenticationToken request,
      OAuth2ClientAuthenticationToken client,
      Instant now) {
    RegisteredClient registered = client.getRegisteredClient();
    Optional<Kept> kept = refreshTokens.lock(request.getRefreshToken());
    Optional<AppAuthorization> found =
        kept.flatMap(token -> authorizations.byId(token.authorizationId()))
            .filter(authorization -> authorization.clientId().equals(registered.getClientId()))
            .filter(authorization -> !authorization.isRevoked());
    if (found.isEmpty() || !kept.get().expires().isAfter(now)) {
      return new Outcome(null, OAuth2ErrorCodes.INVALID_GRANT);
    }
    AppAuthorization authorization = found.get();
    Instant used = kept.get().used();
    if (used != null && used.plus(Lifetimes.REFRESH_AGAIN).isBefore(now)) {
      authorizations.revoke(authorization.id());
      return new Outcome(null, OAuth2ErrorCodes.INVALID_GRANT);
    }
    Optional<Account> account = accounts.byId(authorization.account());
    if (account.isEmpty()
        || hasEnded(authorization)
        || mayNotChoose(account.get(), authorization)) {
      authorizations.revoke(authorization.id());
      return new Outcome(null, OAuth2ErrorCodes.INVALID_GRANT);
    }
    Set<String> asked =
        request.getScopes().isEmpty() ? authorization.scopes() : request.getScopes();
    if (!Scopes.areCovered(asked, authorization.scopes())) {
      return new Outcome(null, OAuth2ErrorCodes.INVALID_SCOPE);
    }
    // Roles may have been taken away since the person let the app in.
    Set<String> scopes = Scopes.within(asked, accounts.ceiling(account.get()));
    if (used == null) {
      refreshTokens.markUsed(request.getRefreshToken(), now);
    }
    return new Outcome(
        issue(request.getRefreshToken(), client, authorization, account.get(), scopes, now), null);
  }

  /** A guardian, say, is one no more; the chart was opened to the app for them alone. */
  private boolean mayNotChoose(Account account, AppAuthorization authorization) {
    return authorization.context().get("patient") instanceof String patient
        && patients.entry(account, patient).isEmpty();
  }

  private boolean hasEnded(AppAuthorization authorization) {
    return authorization.isOnline()
        && (authorization.session() == null
            || !sessions.isAlive(authorization.account(), authorization.session()));
  }

  private OAuth2AccessTokenAuthenticationToken issue(
      String former,
      OAuth2ClientAuthenticationToken client,
      AppAuthorization authorization,
      Account account,
      Set<String> scopes,
      Instant now) {
    Jwt jwt = tokens.access(authorization.clientId(), account.id(), scopes);
    accessTokens.insert(
        new AccessToken(
            UUID.fromString(jwt.getId()),
            authorization.id(),
            authorization.clientId(),
            account.id(),
            account.fhirUser(),
            scopes,
            new LinkedHashMap<>(authorization.grantedContext()),
            jwt.getIssuedAt(),
            jwt.getExpiresAt()));
    OAuth2RefreshToken refresh =
        new OAuth2RefreshToken(
            Secrets.successor(authorization.familySecret(), former),
            now,
            now.plus(Lifetimes.REFRESH));
    refreshTokens.insert(
        refresh.getTokenValue(), authorization.id(), refresh.getIssuedAt(), refresh.getExpiresAt());
    authorizations.touch(authorization.id());
    Map<String, Object> more = new HashMap<>();
    if (scopes.contains("openid")) {
      more.put(
          "id_token", tokens.id(authorization.clientId(), account, scopes, null).getTokenValue());
    }
    return new OAuth2AccessTokenAuthenticationToken(
        client.getRegisteredClient(),
        client,
        new OAuth2AccessToken(
            OAuth2AccessToken.TokenType.BEARER,
            jwt.getTokenValue(),
            jwt.getIssuedAt(),
            jwt.getExpiresAt(),
            scopes),
        refresh,
        more);
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return OAuth2RefreshTokenAuthenticationToken.class.isAssignableFrom(authentication);
  }
}

package dev.kiln.auth.endpoint;

import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.assertion.ClientAssertionConverter;
import dev.kiln.auth.assertion.ClientAssertions;
import dev.kiln.auth.authorization.AppAuthorization;
import dev.kiln.auth.authorization.AuthorizationTable;
import dev.kiln.auth.authorization.AuthorizeRequests;
import dev.kiln.auth.authorization.AuthorizeRules;
import dev.kiln.auth.authorization.ConsentRules;
import dev.kiln.auth.client.ClientSecrets;
import dev.kiln.auth.client.PublicClientConverter;
import dev.kiln.auth.client.PublicClientProvider;
import dev.kiln.auth.client.RegisteredClients;
import dev.kiln.auth.exchange.LaunchContextResponse;
import dev.kiln.auth.exchange.RefreshProvider;
import dev.kiln.auth.token.AccessTokenTable;
import dev.kiln.auth.token.RefreshTokenTable;
import dev.kiln.auth.token.Tokens;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;

/** The parts of the endpoints, put together. */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

  @Bean
  AuthorizationServerSettings authorizationServerSettings(AuthAddresses addresses) {
    return AuthorizationServerSettings.builder()
        .issuer(addresses.issuer())
        .authorizationEndpoint(Endpoints.AUTHORIZE)
        .tokenEndpoint(Endpoints.TOKEN)
        .tokenIntrospectionEndpoint(Endpoints.INTROSPECT)
        .tokenRevocationEndpoint(Endpoints.REVOKE)
        .jwkSetEndpoint(Endpoints.JWKS)
        .oidcUserInfoEndpoint(Endpoints.USER_INFO)
        .build();
  }

  @Bean
  EndpointParts endpointParts(
      AuthAddresses addresses,
      RegisteredClients clients,
      ClientSecrets secrets,
      ClientAssertions assertions,
      AuthorizeRequests requests,
      AuthorizeRules authorizeRules,
      ConsentRules consentRules,
      AuthorizationTable authorizations,
      AccessTokenTable accessTokens,
      RefreshTokenTable refreshTokens,
      Tokens tokens,
      Accounts accounts,
      RefreshProvider refresh,
      LaunchContextResponse context) {
    return new EndpointParts(
        addresses.issuer(),
        new ClientAssertionConverter(),
        assertions,
        secrets,
        new PublicClientConverter(
            Endpoints.REVOKE,
            token ->
                refreshTokens
                    .find(token)
                    .flatMap(kept -> authorizations.byId(kept.authorizationId()))
                    .map(AppAuthorization::clientId)),
        new PublicClientProvider(clients),
        requests,
        authorizeRules,
        consentRules,
        refresh,
        context,
        new IntrospectionProvider(
            clients, accessTokens, refreshTokens, authorizations, accounts, tokens, addresses),
        new RevocationProvider(accessTokens, refreshTokens, authorizations),
        new UserInfoProvider(accessTokens, accounts, tokens),
        accessTokens,
        new TrueMetadata(addresses));
  }

  @Bean
  SessionRegistry noSessionRegistry() {
    return new NoSessionRegistry();
  }

  /** Before the security chain, which would ask the person to sign in and forget the form. */
  @Bean
  FilterRegistrationBean<AuthorizeByPost> authorizeByPost() {
    FilterRegistrationBean<AuthorizeByPost> filter =
        new FilterRegistrationBean<>(new AuthorizeByPost());
    filter.addUrlPatterns(Endpoints.AUTHORIZE);
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
    return filter;
  }
}

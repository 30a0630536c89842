package dev.kiln.auth.endpoint;

import dev.kiln.auth.exchange.BackendScopes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceCodeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.web.authentication.JwtClientAssertionAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2DeviceCodeAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2TokenExchangeAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.X509ClientCertificateAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.util.matcher.AntPathRequestMatcher;

/** The chain of the OAuth endpoints: the library's, where it and SMART agree. */
@Configuration(proxyBeanMethods = false)
class EndpointSecurity {

  private static final String SIGN_IN = "/sign-in";
  private static final String CONSENT = "/consent";

  @Bean
  @Order(1)
  SecurityFilterChain endpointChain(HttpSecurity http, EndpointParts parts) throws Exception {
    OAuth2AuthorizationServerConfigurer server =
        OAuth2AuthorizationServerConfigurer.authorizationServer();
    http.securityMatcher(Endpoints.ALL.toArray(String[]::new));
    http.with(server, configurer -> configure(configurer, parts));
    HttpSessionRequestCache waiting = new HttpSessionRequestCache();
    AntPathRequestMatcher authorize =
        new AntPathRequestMatcher(Endpoints.AUTHORIZE, HttpMethod.GET.name());
    // A session is made for a person who signs in, never for a client that failed to.
    waiting.setRequestMatcher(authorize);
    waiting.setMatchingRequestParameterName(null);
    ClientErrors clientErrors = new ClientErrors();
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .oauth2ResourceServer(
            resources ->
                resources.jwt(jwt -> jwt.decoder(new LiveTokenDecoder(parts.accessTokens()))))
        .requestCache(cache -> cache.requestCache(waiting))
        .exceptionHandling(
            errors ->
                errors
                    .defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint(parts.issuer() + SIGN_IN), authorize)
                    .defaultAuthenticationEntryPointFor(
                        clientErrors, EndpointSecurity::isOfClients))
        .build();
  }

  private static boolean isOfClients(HttpServletRequest request) {
    return List.of(Endpoints.TOKEN, Endpoints.INTROSPECT, Endpoints.REVOKE)
        .contains(request.getServletPath());
  }

  private static void configure(OAuth2AuthorizationServerConfigurer server, EndpointParts parts) {
    OAuth2AccessTokenResponseAuthenticationSuccessHandler answer =
        new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
    answer.setAccessTokenResponseCustomizer(parts.context());
    server
        .clientAuthentication(
            clients ->
                clients
                    .authenticationConverters(
                        converters -> {
                          converters.removeIf(
                              one ->
                                  one instanceof JwtClientAssertionAuthenticationConverter
                                      || one
                                          instanceof X509ClientCertificateAuthenticationConverter);
                          converters.add(0, parts.assertions());
                          converters.add(0, EndpointSecurity::checkForm);
                          converters.add(parts.publicClients());
                        })
                    .authenticationProviders(
                        providers -> {
                          providers.forEach(provider -> adapt(provider, parts));
                          providers.add(0, parts.publicClientProvider());
                        })
                    .errorResponseHandler(new ClientErrors()))
        .authorizationEndpoint(
            authorize ->
                authorize
                    // By the issuer and not by the Host header, which anybody can make up.
                    .consentPage(parts.issuer() + CONSENT)
                    .authorizationRequestConverters(
                        converters -> converters.set(0, parts.requests()))
                    .authenticationProviders(
                        providers -> providers.forEach(provider -> adapt(provider, parts))))
        .tokenEndpoint(
            token ->
                token
                    .accessTokenRequestConverters(
                        converters ->
                            converters.removeIf(
                                one ->
                                    one instanceof OAuth2DeviceCodeAuthenticationConverter
                                        || one
                                            instanceof OAuth2TokenExchangeAuthenticationConverter))
                    .authenticationProviders(
                        providers -> {
                          providers.removeIf(EndpointSecurity::isNotServed);
                          providers.forEach(provider -> adapt(provider, parts));
                          providers.add(parts.refresh());
                        })
                    .accessTokenResponseHandler(answer))
        .tokenIntrospectionEndpoint(
            introspection ->
                introspection.authenticationProviders(
                    providers -> {
                      providers.clear();
                      providers.add(parts.introspection());
                    }))
        .tokenRevocationEndpoint(
            revocation ->
                revocation.authenticationProviders(
                    providers -> {
                      providers.clear();
                      providers.add(parts.revocation());
                    }))
        .authorizationServerMetadataEndpoint(
            metadata ->
                metadata.authorizationServerMetadataCustomizer(
                    builder -> builder.claims(parts.metadata()::ofOAuth)))
        .oidc(
            oidc ->
                oidc.providerConfigurationEndpoint(
                        configuration ->
                            configuration.providerConfigurationCustomizer(
                                builder -> builder.claims(parts.metadata()::ofOpenId)))
                    .userInfoEndpoint(
                        userInfo ->
                            userInfo.authenticationProviders(
                                providers -> {
                                  providers.clear();
                                  providers.add(parts.userInfo());
                                })));
  }

  /** Replaced by one of this server's own, or not offered at all. */
  private static boolean isNotServed(AuthenticationProvider provider) {
    return provider instanceof OAuth2RefreshTokenAuthenticationProvider
        || provider instanceof OAuth2DeviceCodeAuthenticationProvider
        || provider instanceof OAuth2TokenExchangeAuthenticationProvider;
  }

  /** Gives the library's providers the rules of this server. */
  private static void adapt(AuthenticationProvider provider, EndpointParts parts) {
    if (provider instanceof JwtClientAssertionAuthenticationProvider assertion) {
      assertion.setJwtDecoderFactory(parts.assertionDecoders());
    } else if (provider instanceof ClientSecretAuthenticationProvider secret) {
      secret.setPasswordEncoder(parts.secrets().encoder());
    } else if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider request) {
      request.setAuthenticationValidator(parts.authorizeRules());
      request.setAuthorizationConsentRequired(context -> true);
    } else if (provider instanceof OAuth2AuthorizationConsentAuthenticationProvider consent) {
      consent.setAuthorizationConsentCustomizer(parts.consentRules());
    } else if (provider instanceof OAuth2ClientCredentialsAuthenticationProvider credentials) {
      credentials.setAuthenticationValidator(new BackendScopes());
    }
  }

  /**
   * What proves a client belongs in the body, since addresses end up in logs (RFC 6749, section
   * 2.3.1), and no parameter comes twice (section 3.2).
   */
  private static Authentication checkForm(HttpServletRequest request) {
    boolean isRepeated =
        request.getParameterMap().values().stream().anyMatch(values -> values.length > 1);
    if (request.getQueryString() != null || isRepeated) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
    }
    return null;
  }
}

package dev.kiln.auth.upstream;

import dev.kiln.auth.Account;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.AuthSettings;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.signin.SignIn;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.web.client.RestClient;

/**
 * The way to the provider and back. Who comes back has proved who they are, and goes on with the
 * other steps of signing in as if it had been by a password; so nothing is kept in Spring
 * Security's context here.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("kiln.auth.upstream.issuer")
class UpstreamChain {

  static final String GO = "/upstream/go/";
  static final String BACK = "/upstream/back/";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Bean
  Organisation organisation(AuthSettings settings, AuthAddresses addresses) {
    return new Organisation(
        settings.upstream(), addresses, RestClient.builder().requestFactory(requests()).build());
  }

  @Bean
  Identities identities(
      AccountBook accounts,
      SignIn signIn,
      @Qualifier("authDataSource") DataSource database,
      AuthSettings settings) {
    return new Identities(
        accounts,
        signIn,
        new IdentityTable(JdbcClient.create(database)),
        settings.upstream().loginClaim());
  }

  @Bean
  @Order(3)
  SecurityFilterChain upstream(
      HttpSecurity http, Organisation organisation, Identities identities, SignIn signIn)
      throws Exception {
    DefaultOAuth2AuthorizationRequestResolver requests =
        new DefaultOAuth2AuthorizationRequestResolver(
            organisation, GO.substring(0, GO.length() - 1));
    requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    return http.securityMatcher("/upstream/**")
        .authorizeHttpRequests(rules -> rules.anyRequest().denyAll())
        .oauth2Login(
            login ->
                login
                    .clientRegistrationRepository(organisation)
                    .authorizedClientRepository(new NoAuthorizedClients())
                    .authorizationEndpoint(go -> go.authorizationRequestResolver(requests))
                    .redirectionEndpoint(back -> back.baseUri(BACK + "*"))
                    .tokenEndpoint(token -> token.accessTokenResponseClient(tokens()))
                    .loginPage("/sign-in")
                    .securityContextRepository(new NullSecurityContextRepository())
                    .successHandler(
                        (request, response, who) -> {
                          SecurityContextHolder.clearContext();
                          Optional<Account> account =
                              identities.account((OidcUser) who.getPrincipal());
                          if (account.isEmpty()) {
                            go(response, "/sign-in?organisation=unknown");
                          } else {
                            signIn.enter(account.get(), request, response);
                            go(response, "/sign-in/continue");
                          }
                        })
                    .failureHandler(
                        (request, response, e) -> go(response, "/sign-in?organisation=failed")))
        .build();
  }

  private static void go(HttpServletResponse response, String path) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", path);
  }

  private static RestClientAuthorizationCodeTokenResponseClient tokens() {
    RestClientAuthorizationCodeTokenResponseClient client =
        new RestClientAuthorizationCodeTokenResponseClient();
    client.setRestClient(
        RestClient.builder()
            .requestFactory(requests())
            .messageConverters(
                converters -> {
                  converters.clear();
                  converters.add(new FormHttpMessageConverter());
                  converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return client;
  }

  /** A provider that does not answer must not hold a thread for long. */
  private static SimpleClientHttpRequestFactory requests() {
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(PATIENCE);
    requests.setReadTimeout(PATIENCE);
    return requests;
  }
}

package dev.kiln.auth.signin;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What protects the pages that people see. The FHIR API and the OAuth endpoints are not here. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class PagesChain {

  static final String[] OPEN = {
    "/sign-in",
    "/sign-in/**",
    "/second-factor",
    "/second-factor/**",
    "/invitation/**",
    "/reset",
    "/reset/**",
    "/auth/assets/**"
  };

  static final String[] CLOSED = {
    "/account", "/account/**", "/consent", "/choose-patient", "/sign-out"
  };

  @Bean
  @Order(2)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    return http.securityMatcher(new OrRequestMatcher(matcher(OPEN), matcher(CLOSED)))
        .authorizeHttpRequests(
            requests ->
                requests
                    // What is forwarded to has been let in as what was asked for.
                    .dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(matcher(OPEN))
                    .permitAll()
                    .anyRequest()
                    .hasAuthority("SIGNED_IN"))
        .exceptionHandling(
            failures ->
                failures.authenticationEntryPoint(
                    (request, response, e) -> {
                      // Only a path, so that no Host header says where it leads.
                      response.setStatus(303);
                      response.setHeader("Location", "/sign-in");
                    }))
        .requestCache(cache -> cache.requestCache(requestCache()))
        .securityContext(context -> context.securityContextRepository(contexts()))
        .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens()))
        .logout(
            logout ->
                logout
                    .logoutRequestMatcher(
                        PathPatternRequestMatcher.withDefaults()
                            .matcher(HttpMethod.POST, "/sign-out"))
                    .logoutSuccessHandler(
                        (request, response, who) -> {
                          response.setStatus(303);
                          response.setHeader("Location", "/sign-in?signed-out");
                        }))
        .formLogin(form -> form.disable())
        .httpBasic(basic -> basic.disable())
        .anonymous(anonymous -> {})
        .headers(
            headers ->
                headers
                    // Not no-referrer: with that, browsers send "Origin: null" with our own forms.
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                    .frameOptions(frame -> frame.deny())
                    .permissionsPolicyHeader(
                        permissions ->
                            permissions.policy("camera=(), geolocation=(), microphone=()"))
                    .crossOriginOpenerPolicy(
                        opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN)))
        .build();
  }

  static SecurityContextRepository contexts() {
    return new HttpSessionSecurityContextRepository();
  }

  static CsrfTokenRepository csrfTokens() {
    return new HttpSessionCsrfTokenRepository();
  }

  /** Only what can be asked again without doing anything. */
  static HttpSessionRequestCache requestCache() {
    HttpSessionRequestCache cache = new HttpSessionRequestCache();
    cache.setRequestMatcher(
        request ->
            request.getMethod().equals("GET") && !request.getRequestURI().equals("/sign-out"));
    cache.setMatchingRequestParameterName(null);
    return cache;
  }

  private static RequestMatcher matcher(String... paths) {
    RequestMatcher[] matchers = new RequestMatcher[paths.length];
    for (int i = 0; i < paths.length; i++) {
      matchers[i] = PathPatternRequestMatcher.withDefaults().matcher(paths[i]);
    }
    return new OrRequestMatcher(matchers);
  }
}

package dev.kiln.pages;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.kiln.auth.Account;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.PendingAuthorization;
import dev.kiln.auth.PendingAuthorizations;
import dev.kiln.auth.SmartScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The real authorization endpoint of Spring Authorization Server with one app, so that the pages
 * are tried with what they are for.
 */
class SmallAuthorizationServer {

  static final List<String> SCOPES =
      List.of(
          "openid",
          "fhirUser",
          "launch/patient",
          "offline_access",
          "patient/*.rs",
          "patient/Patient.rs",
          "patient/Condition.rs",
          "patient/Observation.rs",
          "patient/Observation.c",
          "user/Appointment.crus");

  private final List<ConnectedApps.App> apps = new ArrayList<>();

  @Bean
  AuthAddresses addresses(Environment environment) {
    String base = "http://127.0.0.1:" + environment.getProperty("server.port");
    return new AuthAddresses(base, base + "/fhir");
  }

  @Bean
  PatientDirectory patients() {
    return new FewPatients();
  }

  @Bean
  RegisteredClientRepository clients() {
    return new InMemoryRegisteredClientRepository(
        RegisteredClient.withId("1")
            .clientId("growth-chart")
            .clientName("Growth Chart")
            .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri("http://127.0.0.1:1/callback")
            .scopes(scopes -> scopes.addAll(SCOPES))
            .clientSettings(
                ClientSettings.builder()
                    .requireProofKey(true)
                    .requireAuthorizationConsent(true)
                    .build())
            .build());
  }

  @Bean
  OAuth2AuthorizationService authorizations() {
    return new InMemoryOAuth2AuthorizationService();
  }

  @Bean
  JWKSource<SecurityContext> keys() throws JOSEException {
    return new ImmutableJWKSet<>(new JWKSet(new RSAKeyGenerator(2048).keyID("1").generate()));
  }

  @Bean
  AuthorizationServerSettings authorizationServer() {
    return AuthorizationServerSettings.builder().build();
  }

  @Bean
  @Order(1)
  SecurityFilterChain endpoints(HttpSecurity http) throws Exception {
    OAuth2AuthorizationServerConfigurer server =
        OAuth2AuthorizationServerConfigurer.authorizationServer();
    return http.securityMatcher(server.getEndpointsMatcher())
        .with(
            server,
            configurer ->
                configurer
                    .oidc(oidc -> {})
                    .authorizationEndpoint(endpoint -> endpoint.consentPage("/consent")))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .exceptionHandling(
            failures ->
                failures.authenticationEntryPoint(
                    (request, response, e) -> {
                      response.setStatus(303);
                      response.setHeader("Location", "/sign-in");
                    }))
        .build();
  }

  @Bean
  ConnectedApps connectedApps() {
    return new ConnectedApps() {
      @Override
      public List<App> of(Account account) {
        if (apps.isEmpty()) {
          apps.add(
              new App(
                  "growth-chart",
                  "Growth Chart",
                  SCOPES,
                  Instant.parse("2026-03-01T10:00:00Z"),
                  Instant.parse("2026-11-20T08:30:00Z"),
                  true));
          apps.add(
              new App(
                  "diary",
                  "Blood Pressure Diary",
                  List.of("patient/Observation.crs"),
                  Instant.parse("2026-11-01T10:00:00Z"),
                  null,
                  false));
        }
        return List.copyOf(apps);
      }

      @Override
      public void revoke(Account account, String clientId) {
        apps.removeIf(app -> app.clientId().equals(clientId));
      }
    };
  }

  @Bean
  PendingAuthorizations pending(
      OAuth2AuthorizationService authorizations,
      RegisteredClientRepository clients,
      PatientDirectory patients) {
    return new PendingAuthorizations() {
      @Override
      public Optional<PendingAuthorization> of(String state, Account who) {
        return found(state, who)
            .map(
                found -> {
                  RegisteredClient client = clients.findById(found.getRegisteredClientId());
                  List<String> scopes = new ArrayList<>(SCOPES);
                  scopes.retainAll(asked(found).getScopes());
                  asked(found).getScopes().stream()
                      .filter(scope -> !scopes.contains(scope))
                      .forEach(scopes::add);
                  return new PendingAuthorization(
                      state,
                      client.getClientId(),
                      client.getClientName(),
                      scopes,
                      scopes.contains("launch/patient"),
                      found.getAttribute("patient"),
                      true);
                });
      }

      @Override
      public boolean choosePatient(String state, Account who, String patientId) {
        if (patients.entry(who, patientId).isEmpty()) {
          return false;
        }
        OAuth2Authorization found = found(state, who).orElseThrow();
        authorizations.save(
            OAuth2Authorization.from(found).attribute("patient", patientId).build());
        return true;
      }

      @Override
      public boolean narrow(String state, Account who, List<String> scopes) {
        OAuth2Authorization found = found(state, who).orElseThrow();
        OAuth2AuthorizationRequest asked = asked(found);
        if (!scopes.stream().allMatch(scope -> isCovered(scope, asked))) {
          return false;
        }
        authorizations.save(
            OAuth2Authorization.from(found)
                .attribute(
                    OAuth2AuthorizationRequest.class.getName(),
                    OAuth2AuthorizationRequest.from(asked).scopes(new HashSet<>(scopes)).build())
                .build());
        return true;
      }

      private Optional<OAuth2Authorization> found(String state, Account who) {
        return Optional.ofNullable(authorizations.findByToken(state, new OAuth2TokenType("state")))
            .filter(found -> found.getPrincipalName().equals(who.id()));
      }
    };
  }

  private static OAuth2AuthorizationRequest asked(OAuth2Authorization found) {
    return found.getAttribute(OAuth2AuthorizationRequest.class.getName());
  }

  private static boolean isCovered(String scope, OAuth2AuthorizationRequest asked) {
    Optional<SmartScope> narrow = SmartScope.of(scope);
    return asked.getScopes().contains(scope)
        || narrow.isPresent()
            && asked.getScopes().stream()
                .flatMap(wide -> SmartScope.of(wide).stream())
                .anyMatch(wide -> wide.covers(narrow.get()));
  }
}

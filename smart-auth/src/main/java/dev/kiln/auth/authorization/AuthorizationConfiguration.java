package dev.kiln.auth.authorization;

import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.PendingAuthorizations;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.OwnApps;
import dev.kiln.auth.client.RegisteredClients;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.launch.LaunchTable;
import dev.kiln.auth.session.SignInSessions;
import dev.kiln.auth.token.AccessTokenTable;
import dev.kiln.auth.token.RefreshTokenTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;

/** From an app's request to the person's decision. */
@Configuration(proxyBeanMethods = false)
class AuthorizationConfiguration {

  @Bean
  AuthorizationTable authorizationTable(AuthDatabase database) {
    return new AuthorizationTable(database);
  }

  @Bean
  OAuth2AuthorizationService authorizations(
      AuthDatabase database,
      AuthorizationTable table,
      AccessTokenTable accessTokens,
      RefreshTokenTable refreshTokens,
      RegisteredClients clients,
      Accounts accounts,
      PatientDirectory patients,
      LaunchTable launches,
      AuthAddresses addresses) {
    return new Authorizations(
        database,
        table,
        accessTokens,
        refreshTokens,
        new NewRequests(accounts, patients, launches),
        new LibraryForm(clients, addresses.issuer() + "/oauth2/authorize"),
        accounts);
  }

  @Bean
  OAuth2AuthorizationConsentService authorizationConsents() {
    return new NoRememberedConsent();
  }

  @Bean
  PendingAuthorizations pendingAuthorizations(
      AuthDatabase database,
      AuthorizationTable table,
      Clients clients,
      PatientDirectory patients,
      OwnApps ownApps) {
    return new PendingRequests(database, table, clients, patients, ownApps);
  }

  @Bean
  ConnectedApps connectedApps(AuthDatabase database, AuthorizationTable table) {
    return new GrantedApps(database, table);
  }

  @Bean
  AuthorizeRequests authorizeRequests(SignInSessions sessions) {
    return new AuthorizeRequests(sessions);
  }

  @Bean
  AuthorizeRules authorizeRules(AuthAddresses addresses, LaunchTable launches, OwnApps ownApps) {
    return new AuthorizeRules(addresses, launches, ownApps);
  }

  @Bean
  ConsentRules consentRules(AuthorizationTable table) {
    return new ConsentRules(table);
  }
}

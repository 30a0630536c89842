package dev.kiln.auth.exchange;

import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.authorization.AuthorizationTable;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.session.SignInSessions;
import dev.kiln.auth.token.AccessTokenTable;
import dev.kiln.auth.token.RefreshTokenTable;
import dev.kiln.auth.token.Tokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the token endpoint that the library has otherwise or not at all. */
@Configuration(proxyBeanMethods = false)
class ExchangeConfiguration {

  @Bean
  SmartTokenGenerator smartTokenGenerator(Tokens tokens, Accounts accounts) {
    return new SmartTokenGenerator(tokens, accounts);
  }

  @Bean
  RefreshProvider refreshProvider(
      AuthDatabase database,
      AuthorizationTable authorizations,
      AccessTokenTable accessTokens,
      RefreshTokenTable refreshTokens,
      Tokens tokens,
      Accounts accounts,
      SignInSessions sessions,
      PatientDirectory patients) {
    return new RefreshProvider(
        database,
        authorizations,
        accessTokens,
        refreshTokens,
        tokens,
        accounts,
        sessions,
        patients);
  }

  @Bean
  LaunchContextResponse launchContextResponse(
      AccessTokenTable accessTokens, AuthAddresses addresses) {
    return new LaunchContextResponse(accessTokens, addresses);
  }
}

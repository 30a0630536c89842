package dev.kiln.auth.token;

import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.client.OwnApps;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.key.SigningKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tokens, and where they are kept. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

  @Bean
  TokenSignatures tokenSignatures(SigningKeys keys) {
    return new TokenSignatures(keys);
  }

  @Bean
  Tokens tokens(TokenSignatures signatures, AuthAddresses addresses) {
    return new Tokens(signatures, addresses);
  }

  @Bean
  AccessTokenTable accessTokenTable(
      AuthDatabase database, TokenSignatures signatures, Accounts accounts, OwnApps ownApps) {
    return new AccessTokenTable(database, signatures, accounts, ownApps);
  }

  @Bean
  RefreshTokenTable refreshTokenTable(AuthDatabase database) {
    return new RefreshTokenTable(database);
  }
}

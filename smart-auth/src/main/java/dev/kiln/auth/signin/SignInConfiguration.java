package dev.kiln.auth.signin;

import dev.kiln.auth.AuthSettings;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.Roles;
import dev.kiln.auth.directory.SignInLocks;
import dev.kiln.auth.secondfactor.SecondFactors;
import dev.kiln.auth.secret.SealingKey;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;

@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

  @Bean
  Attempts attempts(
      @Qualifier("authDataSource") DataSource database, SealingKey key, AuthSettings settings) {
    return new Attempts(JdbcClient.create(database), key, settings.attempts());
  }

  @Bean
  SignInLocks signInLocks(Attempts attempts) {
    return new WaitingAccounts(attempts);
  }

  @Bean
  Sessions sessions(JdbcIndexedSessionRepository repository) {
    return new Sessions(repository);
  }

  @Bean
  SignIn signIn(AccountBook accounts, Roles roles, SecondFactors factors, Attempts attempts) {
    return new SignIn(
        accounts,
        roles,
        factors,
        attempts,
        PagesChain.contexts(),
        PagesChain.csrfTokens(),
        new Destination(PagesChain.requestCache()));
  }
}

package dev.kiln.auth.account;

import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

  @Bean
  Roles roles() {
    return new Roles();
  }

  @Bean
  PasswordRules passwordRules() {
    return new PasswordRules();
  }

  @Bean
  AccountBook accounts(
      @Qualifier("authDataSource") DataSource database, Roles roles, PasswordRules rules) {
    return new AccountBook(
        new AccountTable(JdbcClient.create(database)), roles, new Passwords(), rules);
  }

  @Bean
  FirstAdministrator firstAdministrator(AccountBook accounts) {
    return new FirstAdministrator(accounts);
  }
}

package dev.kiln.auth.directory;

import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.Roles;
import dev.kiln.auth.database.AuthDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DirectoryConfiguration {

  @Bean
  AccountDirectory accountDirectory(
      AuthDatabase database,
      AccountBook accounts,
      Roles roles,
      SignInLocks locks,
      ConnectedApps apps) {
    return new AccountDirectory(database, accounts, roles, locks, apps);
  }
}

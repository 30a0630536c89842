package dev.kiln.auth.launch;

import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.database.AuthDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Launches out of a record. */
@Configuration(proxyBeanMethods = false)
class LaunchConfiguration {

  @Bean
  LaunchTable launchTable(AuthDatabase database) {
    return new LaunchTable(database);
  }

  @Bean
  OfferedApps offeredApps(
      Clients clients, Accounts accounts, Launches launches, AuthAddresses addresses) {
    return new OfferedApps(clients, accounts, launches, addresses);
  }
}

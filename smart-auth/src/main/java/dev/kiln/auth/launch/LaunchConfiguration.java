package dev.kiln.auth.launch;

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
}

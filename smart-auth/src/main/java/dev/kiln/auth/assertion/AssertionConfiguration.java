package dev.kiln.auth.assertion;

import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.database.AuthDatabase;
import java.time.Clock;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How assertions are read. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeySetSettings.class)
class AssertionConfiguration {

  @Bean
  KeySetAddresses keySetAddresses(KeySetSettings settings) {
    return settings.privateAddresses()
        ? new KeySetAddresses(SystemDefaultDnsResolver.INSTANCE, false)
        : new KeySetAddresses(new PublicAddresses(), true);
  }

  @Bean
  ClientAssertions clientAssertions(
      Clients clients, KeySetAddresses addresses, AuthDatabase database, AuthAddresses server) {
    return new ClientAssertions(
        clients,
        addresses,
        new AssertionRules(server.issuer() + "/oauth2/token", Clock.systemUTC()),
        new AcceptedAssertions(database));
  }
}

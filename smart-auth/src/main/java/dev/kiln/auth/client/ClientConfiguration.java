package dev.kiln.auth.client;

import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.database.AuthDatabase;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The registry, and the library's view of it. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

  @Bean
  ClientTable clientTable(AuthDatabase database) {
    return new ClientTable(database);
  }

  @Bean
  ClientRegistry clientRegistry(ClientTable table, ObjectProvider<OwnApp> apps) {
    return new ClientRegistry(
        table,
        secretEncoder(),
        apps.stream().map(OwnApp::clientId).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * @param apps that the rest of the server brings along
   */
  @Bean
  OwnApps ownApps(Clients clients, AuthAddresses addresses, ObjectProvider<OwnApp> apps) {
    return new OwnApps(clients, addresses, apps.orderedStream().toList());
  }

  @Bean
  RegisteredClients registeredClients(ClientTable table) {
    return new RegisteredClients(table);
  }

  @Bean
  ClientSecrets clientSecrets() {
    return new ClientSecrets(secretEncoder());
  }

  /**
   * Argon2id with little memory: a secret is 256 random bits, so that nobody can guess it anyway,
   * and every token request of the client pays for it.
   */
  private static PasswordEncoder secretEncoder() {
    return new Argon2PasswordEncoder(16, 32, 1, 1 << 12, 2);
  }
}

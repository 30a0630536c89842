package dev.kiln.operator;

import dev.kiln.auth.account.FirstAdministrator;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Registration;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The operator's client, and the first account. Wants an {@link OperatorFiles}. */
@Configuration(proxyBeanMethods = false)
@Import({
  AccountRequest.class,
  ClientRequest.class,
  LaunchRequest.class,
  SigningKeyRequest.class,
  UnreadableRequest.class
})
public class OperatorConfiguration {

  /**
   * @param key of the operator's client; made where it is missing
   * @param firstPassword where the first administrator's one-time password goes
   */
  public record OperatorFiles(Path key, Path firstPassword) {}

  /** At each start, so that whoever deletes the file has a new key after the next one. */
  @Bean
  SmartInitializingSingleton operatorClient(OperatorFiles files, Clients clients) {
    return () ->
        clients.register(
            OperatorKey.CLIENT,
            Registration.backend("Operator of this server", List.of("system/*.cruds"))
                .withKeys(OperatorKey.in(files.key()).publicKeys()));
  }

  @Bean
  FirstPassword firstPassword(OperatorFiles files, FirstAdministrator first) {
    return new FirstPassword(first, files.firstPassword());
  }
}

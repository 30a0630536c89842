package dev.kiln.auth.key;

import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.secret.SealingKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The first start makes a key. */
@Configuration(proxyBeanMethods = false)
class KeyConfiguration {

  @Bean
  SigningKeys signingKeys(AuthDatabase database, SealingKey seal) {
    return new SigningKeys(database, seal);
  }
}

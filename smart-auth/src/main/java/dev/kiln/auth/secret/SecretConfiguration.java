package dev.kiln.auth.secret;

import dev.kiln.auth.AuthSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthSettings.class)
class SecretConfiguration {

  @Bean
  SealingKey sealingKey(AuthSettings settings) {
    return settings.key() == null || settings.key().isBlank()
        ? SealingKey.in(settings.keyFile())
        : SealingKey.of(settings.key());
  }
}

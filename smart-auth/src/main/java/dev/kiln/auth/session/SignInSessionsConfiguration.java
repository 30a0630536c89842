package dev.kiln.auth.session;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.FindByIndexNameSessionRepository;

@Configuration(proxyBeanMethods = false)
class SignInSessionsConfiguration {

  @Bean
  SignInSessions signInSessions(FindByIndexNameSessionRepository<?> repository) {
    return new SignInSessions(repository);
  }
}

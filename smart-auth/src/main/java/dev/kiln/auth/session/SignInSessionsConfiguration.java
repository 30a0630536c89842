package dev.kiln.auth.session;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.FindByIndexNameSessionRepository;

/** Stored sessions where there are any, else those of the servlet container. */
@Configuration(proxyBeanMethods = false)
class SignInSessionsConfiguration {

  @Bean
  SignInSessions signInSessions(ObjectProvider<FindByIndexNameSessionRepository<?>> repositories) {
    FindByIndexNameSessionRepository<?> stored = repositories.getIfUnique();
    return stored == null ? new ServletSessions() : new StoredSessions(stored);
  }
}

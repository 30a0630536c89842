package dev.kiln.auth.session;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/** The sessions of the servlet container, unless others are bound. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

  @Bean
  @Fallback
  SignInSessions servletSessions() {
    return new ServletSessions();
  }
}

package dev.kiln.access;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * The lock on the door. Wants a {@link StartupToken}, and takes {@link BearerTokens} from all who
 * issue them. The filters stand in the order of this class; only the request's id comes before, so
 * that a refusal can be found in the log.
 */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {

  @Bean
  FilterRegistrationBean<SecurityHeaders> securityHeaders() {
    return inOrder(1, new SecurityHeaders());
  }

  @Bean
  FilterRegistrationBean<TokenFilter> tokenFilter(
      StartupToken startup, ObjectProvider<BearerTokens> tokens) {
    return inOrder(4, new TokenFilter(startup, tokens.orderedStream().toList()));
  }

  private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> inOrder(
      int place, F filter) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
    return registration;
  }
}

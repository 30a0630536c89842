package dev.kiln.access;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The lock on the door. Wants a {@link StartupToken}. */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {

  /**
   * Second of all filters: only the request's id comes before, so that a refusal can be found in
   * the log.
   */
  @Bean
  FilterRegistrationBean<TokenFilter> tokenFilter(StartupToken token) {
    FilterRegistrationBean<TokenFilter> filter =
        new FilterRegistrationBean<>(new TokenFilter(token));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return filter;
  }
}

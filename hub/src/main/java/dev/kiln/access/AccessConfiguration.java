package dev.kiln.access;

import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.CorsFilter;

/**
 * The lock on the door. Wants a {@link RequestBudget} and an {@link OperatorClient}, and takes
 * {@link BearerTokens} from all who issue them. The filters stand in the order of this class; only
 * the request's id comes before, so that a refusal can be found in the log.
 */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {

  @Bean
  FilterRegistrationBean<SecurityHeaders> securityHeaders() {
    return inOrder(1, new SecurityHeaders());
  }

  /** Before the token is asked for: a browser sends none with the question whether it may. */
  @Bean
  FilterRegistrationBean<CorsFilter> crossOrigin(ObjectProvider<AppOrigins> registered) {
    FilterRegistrationBean<CorsFilter> filter =
        inOrder(2, new CorsFilter(new CrossOrigin(registered.orderedStream().toList())));
    filter.addUrlPatterns("/fhir/*");
    return filter;
  }

  @Bean
  FilterRegistrationBean<TokenFilter> tokenFilter(
      ObjectProvider<BearerTokens> tokens, RequestBudget budget, OperatorClient operator) {
    return inOrder(3, new TokenFilter(tokens.orderedStream().toList(), budget, operator));
  }

  private static <F extends Filter> FilterRegistrationBean<F> inOrder(int place, F filter) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
    return registration;
  }
}

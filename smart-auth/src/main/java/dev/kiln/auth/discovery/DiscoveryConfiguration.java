package dev.kiln.auth.discovery;

import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.client.RegisteredOrigins;
import dev.kiln.auth.endpoint.Endpoints;
import jakarta.servlet.Filter;
import java.net.URI;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * The public documents and who may read them from a web page. All of it stands before the security
 * chains: a browser's preflight carries no credential and would be sent to the sign-in.
 */
@Configuration(proxyBeanMethods = false)
class DiscoveryConfiguration {

  private static final String SMART_CONFIGURATION = "/.well-known/smart-configuration";
  private static final int FIRST = Ordered.HIGHEST_PRECEDENCE + 50;

  @Bean
  FilterRegistrationBean<CorsFilter> registeredOriginsFilter(
      RegisteredOrigins origins, AuthAddresses addresses) {
    RegisteredOriginsOnly registered =
        new RegisteredOriginsOnly(origins, origin(addresses.issuer()));
    List<String> paths =
        List.of(
            Endpoints.TOKEN,
            Endpoints.REVOKE,
            Endpoints.JWKS,
            Endpoints.USER_INFO,
            Endpoints.OPENID_CONFIGURATION,
            Endpoints.OAUTH_METADATA,
            SmartStyle.PATH,
            smartConfiguration(addresses));
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    paths.forEach(path -> source.registerCorsConfiguration(path, registered));
    return filter(new CorsFilter(source), FIRST, paths);
  }

  @Bean
  FilterRegistrationBean<PublicDocument> smartConfigurationFilter(AuthAddresses addresses) {
    return filter(
        new PublicDocument(SmartConfiguration.of(addresses)),
        FIRST + 1,
        List.of(smartConfiguration(addresses)));
  }

  @Bean
  FilterRegistrationBean<PublicDocument> smartStyleFilter() {
    return filter(new PublicDocument(SmartStyle.document()), FIRST + 1, List.of(SmartStyle.PATH));
  }

  private static String smartConfiguration(AuthAddresses addresses) {
    return URI.create(addresses.fhirBase()).getPath() + SMART_CONFIGURATION;
  }

  private static String origin(String address) {
    URI uri = URI.create(address);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static <T extends Filter> FilterRegistrationBean<T> filter(
      T filter, int order, List<String> paths) {
    FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
    registration.setUrlPatterns(paths);
    registration.setOrder(order);
    return registration;
  }
}

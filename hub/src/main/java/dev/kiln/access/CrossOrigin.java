package dev.kiln.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * What a page of another origin may do (https://fetch.spec.whatwg.org/#http-cors-protocol). For
 * origins that are not registered there are no such rights at all, and the browser keeps the answer
 * from the page. Cookies play no part: the API knows tokens only.
 */
final class CrossOrigin implements CorsConfigurationSource {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  private static final List<String> SENT =
      List.of(
          "Accept",
          "Authorization",
          "Cache-Control",
          "Content-Type",
          "If-Match",
          "If-None-Exist",
          "If-None-Match",
          "Prefer",
          "X-Request-ID");

  private static final List<String> SHOWN =
      List.of(
          "Content-Location",
          "ETag",
          "Last-Modified",
          "Location",
          "Retry-After",
          "WWW-Authenticate",
          "X-Request-ID");

  private final List<AppOrigins> registered;

  CrossOrigin(List<AppOrigins> registered) {
    this.registered = registered;
  }

  /** Null where there are no rights. */
  @Override
  public CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null || registered.stream().noneMatch(apps -> apps.allow(origin))) {
      return null;
    }
    CorsConfiguration rights = new CorsConfiguration();
    rights.setAllowedOrigins(List.of(origin));
    rights.setAllowedMethods(METHODS);
    rights.setAllowedHeaders(SENT);
    rights.setExposedHeaders(SHOWN);
    rights.setAllowCredentials(false);
    rights.setMaxAge(Duration.ofMinutes(10));
    return rights;
  }
}

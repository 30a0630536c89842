package dev.kiln.auth.discovery;

import dev.kiln.auth.client.RegisteredOrigins;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;

/**
 * Lets pages of registered apps call from a browser, and no others. Cookies stay out: who calls
 * proves it by what is in the request.
 */
final class RegisteredOriginsOnly extends CorsConfiguration {

  private final RegisteredOrigins origins;
  private final String own;

  /**
   * @param own this server's own origin, which a proxy in front may make look like another
   */
  RegisteredOriginsOnly(RegisteredOrigins origins, String own) {
    this.origins = origins;
    this.own = own;
    setAllowedMethods(List.of("GET", "POST", "HEAD"));
    setAllowedHeaders(
        List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT));
    setMaxAge(Duration.ofMinutes(10));
  }

  /** Asked at each request, so that a new registration holds at once. */
  @Override
  public String checkOrigin(String origin) {
    return origin != null && (origin.equals(own) || origins.contains(origin)) ? origin : null;
  }
}

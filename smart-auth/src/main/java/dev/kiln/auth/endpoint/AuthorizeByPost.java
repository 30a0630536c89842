package dev.kiln.auth.endpoint;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns an authorization request by POST into one by GET (SMART App Launch 2.2, {@code
 * authorize-post}). The library would lose the form while the person signs in. A form without
 * {@code response_type} is the person's consent and passes.
 */
final class AuthorizeByPost extends OncePerRequestFilter {

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST")
        || !request.getServletPath().equals(Endpoints.AUTHORIZE)
        || request.getParameter("response_type") == null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    StringJoiner query = new StringJoiner("&");
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              for (String value : values) {
                query.add(encoded(name) + "=" + encoded(value));
              }
            });
    response.setStatus(HttpStatus.SEE_OTHER.value());
    response.setHeader(
        HttpHeaders.LOCATION, request.getContextPath() + Endpoints.AUTHORIZE + "?" + query);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

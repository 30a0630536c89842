package dev.kiln.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses every request that does not carry the token, whatever its path. Programs send it as a
 * Bearer token (RFC 6750); a person's browser may send it as the password of Basic authentication
 * (RFC 7617), but only to read: a browser repeats Basic credentials on requests that other sites
 * make it send.
 */
final class TokenFilter extends OncePerRequestFilter {

  /**
   * Compared with the undecoded path as a whole, so that no dots, semicolons or escapes lead past
   * it.
   */
  private static final Set<String> OPEN =
      Set.of("/actuator/health/liveness", "/actuator/health/readiness");

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final StartupToken token;

  TokenFilter(StartupToken token) {
    this.token = token;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
    if (OPEN.contains(request.getRequestURI()) || isKnown(request)) {
      chain.doFilter(request, response);
    } else {
      refuse(response);
    }
  }

  /** An error page is part of the request that failed, and that has been let in already. */
  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return true;
  }

  private boolean isKnown(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization == null) {
      return false;
    }
    String[] parts = authorization.trim().split(" +", 2);
    if (parts.length < 2) {
      return false;
    }
    return switch (parts[0].toLowerCase()) {
      case "bearer" -> token.matches(parts[1]);
      case "basic" -> READING.contains(request.getMethod()) && token.matches(password(parts[1]));
      default -> false;
    };
  }

  private static String password(String credentials) {
    try {
      String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static void refuse(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    response.addHeader("WWW-Authenticate", "Bearer realm=\"Kiln\"");
    response.addHeader("WWW-Authenticate", "Basic realm=\"Kiln\", charset=\"UTF-8\"");
    response.setContentType("application/fhir+json;charset=UTF-8");
    response
        .getWriter()
        .write(
            """
            {"resourceType":"OperationOutcome","id":"%s","issue":[{"severity":"error","code":"login",\
            "diagnostics":"This server wants its token: Authorization: Bearer … (reference %s)"}]}"""
                .formatted(response.getHeader("X-Request-ID"), response.getHeader("X-Request-ID")));
  }
}

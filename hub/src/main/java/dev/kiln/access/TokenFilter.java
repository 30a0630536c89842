package dev.kiln.access;

import dev.kiln.fhir.access.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses every request that does not carry a token, whatever its path, and tells what comes after
 * on whose behalf the others come. Programs send the token as a Bearer token (RFC 6750); a person's
 * browser may send the start-up token as the password of Basic authentication (RFC 7617), but only
 * to read: a browser repeats Basic credentials on requests that other sites make it send.
 */
final class TokenFilter extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD");

  /** Outside of the FHIR API nothing asks for scopes; what is there is for the operator. */
  private static final String FHIR = "/fhir";

  private final StartupToken startup;
  private final List<BearerTokens> tokens;
  private final RequestBudget budget;

  TokenFilter(StartupToken startup, List<BearerTokens> tokens, RequestBudget budget) {
    this.startup = startup;
    this.tokens = tokens;
    this.budget = budget;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    if (OpenPaths.contains(path)) {
      goOn(budget.ofStranger(request.getRemoteAddr()), request, response, chain);
      return;
    }
    String authorization = request.getHeader("Authorization");
    Optional<Caller> caller = caller(request, authorization);
    if (caller.isEmpty()) {
      long wait = budget.ofStranger(request.getRemoteAddr());
      if (wait > 0) {
        Answers.tooMany(response, wait);
      } else {
        Answers.unauthorized(response, isBearer(authorization));
      }
    } else if (!caller.get().isOperator() && !isFhir(path)) {
      Answers.forbidden(response, "This is for the operator of the server");
    } else {
      caller.get().attachTo(request);
      goOn(share(caller.get()), request, response, chain);
    }
  }

  /** The operator at the machine itself is not kept waiting: loads and drills come that way. */
  private long share(Caller caller) {
    return caller == StartupToken.CALLER ? 0 : budget.ofClient(caller.clientId());
  }

  private static void goOn(
      long wait, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (wait > 0) {
      Answers.tooMany(response, wait);
    } else {
      chain.doFilter(request, response);
    }
  }

  /** An error page is part of the request that failed, and that has been let in already. */
  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return true;
  }

  private static boolean isFhir(String path) {
    return path.equals(FHIR) || path.startsWith(FHIR + "/");
  }

  private static boolean isBearer(String authorization) {
    return authorization != null
        && authorization.trim().toLowerCase(Locale.ROOT).startsWith("bearer ");
  }

  private Optional<Caller> caller(HttpServletRequest request, String authorization) {
    String[] parts = authorization == null ? new String[0] : authorization.trim().split(" +", 2);
    if (parts.length < 2) {
      return Optional.empty();
    }
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "bearer" ->
          startup.matches(parts[1]) ? Optional.of(StartupToken.CALLER) : issued(parts[1]);
      case "basic" ->
          READING.contains(request.getMethod()) && startup.matches(password(parts[1]))
              ? Optional.of(StartupToken.CALLER)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Caller> issued(String token) {
    return tokens.stream().flatMap(issuer -> issuer.caller(token).stream()).findFirst();
  }

  private static String password(String credentials) {
    try {
      String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}

package dev.kiln.access;

import dev.kiln.fhir.access.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses every request that does not carry a token (RFC 6750), whatever its path, and tells what
 * comes after on whose behalf the others come.
 */
final class TokenFilter extends OncePerRequestFilter {

  /** Outside of the FHIR API hardly anything asks for scopes; what is there is the operator's. */
  private static final String FHIR = "/fhir";

  /** Of a listener's name nothing can be read in another way than it looks. */
  private static final Pattern WAY_IN = Pattern.compile("/hl7v2/[a-z0-9][a-z0-9-]{0,39}");

  private static final Pattern CLIMBING =
      Pattern.compile("\\.\\.|[;\\\\]|%(2e|2f|5c|25)", Pattern.CASE_INSENSITIVE);

  private final List<BearerTokens> tokens;
  private final RequestBudget budget;
  private final OperatorClient operator;

  TokenFilter(List<BearerTokens> tokens, RequestBudget budget, OperatorClient operator) {
    this.tokens = tokens;
    this.operator = operator;
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
    Optional<Caller> caller = isBearer(authorization) ? caller(authorization) : Optional.empty();
    if (caller.isEmpty()) {
      long wait = budget.ofStranger(request.getRemoteAddr());
      if (wait > 0) {
        Answers.tooMany(response, wait);
      } else {
        Answers.unauthorized(response, isBearer(authorization));
      }
    } else if (!isOperator(caller.get()) && !isFhir(path) && !isWayIn(path, caller.get())) {
      Answers.forbidden(response, "This is for the operator of the server");
    } else {
      caller.get().attachTo(request);
      goOn(share(caller.get()), request, response, chain);
    }
  }

  private boolean isOperator(Caller caller) {
    return caller.isSystem() && operator.is(caller.clientId());
  }

  private long share(Caller caller) {
    return isOperator(caller) ? 0 : budget.ofClient(caller.clientId());
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

  /** No path of the API climbs out of it, however that is written. */
  private static boolean isFhir(String path) {
    return path.equals(FHIR) || path.startsWith(FHIR + "/") && !CLIMBING.matcher(path).find();
  }

  /** A listener of HL7 over HTTP: its messages may change all that is stored. */
  private static boolean isWayIn(String path, Caller caller) {
    return WAY_IN.matcher(path).matches() && caller.writesEverything();
  }

  private static boolean isBearer(String authorization) {
    return authorization != null
        && authorization.trim().toLowerCase(Locale.ROOT).startsWith("bearer ");
  }

  private Optional<Caller> caller(String authorization) {
    String token = authorization.trim().split(" +", 2)[1];
    return tokens.stream().flatMap(issuer -> issuer.caller(token).stream()).findFirst();
  }
}

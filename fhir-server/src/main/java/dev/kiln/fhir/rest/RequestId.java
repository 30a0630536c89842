package dev.kiln.fhir.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request an id: the client's X-Request-ID where that is harmless, a fresh one
 * otherwise. It goes into the answer, into every log line of the request, and into an
 * OperationOutcome as its reference.
 */
public final class RequestId extends OncePerRequestFilter {

  private static final String HEADER = "X-Request-ID";
  private static final String ATTRIBUTE = RequestId.class.getName();

  /** What cannot break a log line or a header. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9-]{8,64}");

  /** The id of a request that this filter has seen. */
  public static String of(HttpServletRequest request) {
    Object id = request.getAttribute(ATTRIBUTE);
    return id == null ? fresh() : id.toString();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String given = request.getHeader(HEADER);
    String id = given != null && HARMLESS.matcher(given).matches() ? given : fresh();
    request.setAttribute(ATTRIBUTE, id);
    response.setHeader(HEADER, id);
    try (MDC.MDCCloseable ignored = MDC.putCloseable("requestId", id)) {
      chain.doFilter(request, response);
    }
  }

  private static String fresh() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }
}

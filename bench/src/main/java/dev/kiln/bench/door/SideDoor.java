package dev.kiln.bench.door;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Lets requests past the token check in the hub that the bench measures, and in no other: the bench
 * puts this class beside the hub's jar and names it to Spring; what ships has neither the class nor
 * a setting for it. Such a request comes on behalf of whom the check has let in with {@link
 * #TEACHES}, and goes the same way in all else: only the filter that looks at tokens is left out.
 *
 * <p>It runs in the hub and knows no class of it, so the two names here are compared with nothing;
 * the bench sees before it measures that this door opens, and that the other does not.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
public final class SideDoor implements Filter {

  /** Written out: the bench, which has no servlets, cannot load this class to ask for it. */
  public static final String NAME = "dev.kiln.bench.door.SideDoor";

  /** The header in which a request shows {@link #PASS}, and the variable that holds it. */
  public static final String HEADER = "X-Bench-Pass";

  /**
   * Instead of the pass: goes through the check, and those with the pass will come as its caller.
   */
  public static final String TEACHES = "teaches";

  /** Of chance for each run: others on the machine cannot come in by this door. */
  public static final String PASS = "BENCH_PASS";

  /** By which a filter of Spring's knows that it has seen a request already. */
  private static final String SEEN = "tokenFilter.FILTERED";

  private static final String CALLER = "dev.kiln.fhir.access.Caller";

  private final String pass;
  private volatile Object caller;

  /** Made by Spring. */
  public SideDoor() {
    this(System.getenv(PASS));
  }

  SideDoor(String pass) {
    this.pass = pass;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String shown = ((HttpServletRequest) request).getHeader(HEADER);
    if (pass != null && pass.equals(shown)) {
      request.setAttribute(SEEN, Boolean.TRUE);
      request.setAttribute(CALLER, caller);
    }
    chain.doFilter(request, response);
    Object known = request.getAttribute(CALLER);
    if (TEACHES.equals(shown) && known != null) {
      caller = known;
    }
  }
}

package dev.kiln.bench.door;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/** In front of a filter of Spring's that knows one token, as the hub's is. */
class SideDoorTest {

  private static final String CALLER = "dev.kiln.fhir.access.Caller";

  private final SideDoor door = new SideDoor("pass of this run");
  private final OncePerRequestFilter check =
      new OncePerRequestFilter() {
        {
          setBeanName("tokenFilter");
        }

        @Override
        protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws java.io.IOException, jakarta.servlet.ServletException {
          if ("known".equals(request.getHeader("Authorization"))) {
            request.setAttribute(CALLER, "the caller");
            chain.doFilter(request, response);
          } else {
            response.setStatus(401);
          }
        }
      };

  @Test
  void whoHasThePassComesAsWhomTheCheckHasLetIn() throws Exception {
    assertThat(caller("known", SideDoor.TEACHES)).isEqualTo("the caller");
    assertThat(caller("unknown", "pass of this run")).isEqualTo("the caller");
  }

  @Test
  void whoHasNoneIsChecked() throws Exception {
    assertThat(caller("known", "something")).isEqualTo("the caller");
    assertThat(caller("unknown", "something")).isNull();
    assertThat(caller("unknown", SideDoor.TEACHES)).isNull();
    assertThat(caller("unknown", "")).isNull();
  }

  @Test
  void withoutAPassNobodyGoesAround() throws Exception {
    SideDoor shut = new SideDoor(null);
    assertThat(caller(shut, "unknown", "null")).isNull();
  }

  @Test
  void itIsCalledAsTheBenchCallsIt() {
    assertThat(SideDoor.NAME).isEqualTo(SideDoor.class.getName());
  }

  private Object caller(String token, String shown) throws Exception {
    return caller(door, token, shown);
  }

  /** On whose behalf the request arrives behind the check; null where it does not. */
  private Object caller(SideDoor before, String token, String shown) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Authorization", token);
    request.addHeader(SideDoor.HEADER, shown);
    Object[] arrived = new Object[1];
    before.doFilter(
        request,
        new MockHttpServletResponse(),
        (asked, answer) ->
            check.doFilter(
                asked, answer, (behind, last) -> arrived[0] = behind.getAttribute(CALLER)));
    return arrived[0];
  }
}

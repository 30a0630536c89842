package dev.kiln.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.testing.Server;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Names of the sessions in which people are signed in. */
class SignInSessionsTest {

  private final JdbcIndexedSessionRepository repository =
      Server.get().bean(JdbcIndexedSessionRepository.class);
  private final SignInSessions sessions = new SignInSessions(repository);
  private final String[] name = new String[2];

  /** A request of somebody who is signed in, as the filter of stored sessions sees it. */
  private void visit(String account) throws Exception {
    new SessionRepositoryFilter<>(repository)
        .doFilter(
            new MockHttpServletRequest(),
            new MockHttpServletResponse(),
            new MockFilterChain() {
              @Override
              public void doFilter(ServletRequest request, ServletResponse response) {
                var http = (HttpServletRequest) request;
                http.getSession()
                    .setAttribute(
                        HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                        new SecurityContextImpl(
                            UsernamePasswordAuthenticationToken.authenticated(
                                account, null, List.of())));
                name[0] = sessions.name(http).orElseThrow();
                http.changeSessionId();
                name[1] = sessions.name(http).orElseThrow();
              }
            });
  }

  @Test
  void endsWithItsSession() throws Exception {
    visit("drake");

    assertThat(name[1]).as("outlives a change of the id").isEqualTo(name[0]);
    assertThat(sessions.isAlive("drake", name[0])).isTrue();
    assertThat(sessions.isAlive("alba", name[0])).isFalse();
    assertThat(sessions.isAlive("drake", "other")).isFalse();

    repository.findByPrincipalName("drake").keySet().forEach(repository::deleteById);
    assertThat(sessions.isAlive("drake", name[0])).isFalse();
  }

  @Test
  void hasNoNameWithoutASession() {
    assertThat(sessions.name(new MockHttpServletRequest())).isEmpty();
  }
}

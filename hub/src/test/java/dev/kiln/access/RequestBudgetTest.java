package dev.kiln.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.fhir.access.Caller;
import dev.kiln.fhir.access.Permission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestBudgetTest {

  @Test
  void eachClientHasItsOwn() {
    RequestBudget budget = new RequestBudget(3);
    for (int i = 0; i < 3; i++) {
      assertThat(budget.ofClient("one")).isZero();
    }
    assertThat(budget.ofClient("one")).isBetween(1L, 20L);
    assertThat(budget.ofClient("two")).isZero();
    assertThat(budget.ofStranger("one")).isZero();
  }

  @Test
  void strangersAreCountedByTheirNetwork() {
    RequestBudget budget = new RequestBudget(1);
    assertThat(budget.ofStranger("192.0.2.1")).isZero();
    assertThat(budget.ofStranger("192.0.2.2")).isZero();
    assertThat(budget.ofStranger("192.0.2.1")).isPositive();
    assertThat(budget.ofStranger("2001:db8:0:1::1")).isZero();
    assertThat(budget.ofStranger("2001:db8:0:1:ffff::2")).isPositive();
    assertThat(budget.ofStranger("2001:db8:0:2::1")).isZero();
  }

  @Test
  void whoAsksTooOftenIsToldWhenToComeBack() throws Exception {
    Caller app = new Caller("app", "me", "Patient/1", Set.of(), Set.of(), "1", false);
    TokenFilter filter =
        new TokenFilter(
            List.of(token -> token.equals("mine") ? Optional.of(app) : Optional.empty()),
            new RequestBudget(2),
            new OperatorClient("operator"));
    assertThat(ask(filter, "/fhir/Patient", "Bearer mine").getStatus()).isEqualTo(200);
    assertThat(ask(filter, "/fhir/Patient", "Bearer mine").getStatus()).isEqualTo(200);
    MockHttpServletResponse refused = ask(filter, "/fhir/Patient", "Bearer mine");
    assertThat(refused.getStatus()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.getHeader("Retry-After"))).isBetween(1, 60);
    assertThat(refused.getContentAsString()).contains("OperationOutcome").contains("throttled");
    assertThat(ask(filter, "/fhir/Patient", "Bearer guessed").getStatus()).isEqualTo(401);
    assertThat(ask(filter, "/fhir/metadata", null).getStatus()).isEqualTo(200);
    assertThat(ask(filter, "/fhir/Patient", "Bearer guessed").getStatus()).isEqualTo(429);
    assertThat(ask(filter, "/oauth2/token", null).getStatus()).isEqualTo(429);
  }

  /** However wide the scopes of another service are, it is not the operator. */
  @Test
  void theOperatorIsKnownByItsClientAndNotKeptWaiting() throws Exception {
    Permission all =
        new Permission(
            Permission.Level.SYSTEM, "*", EnumSet.allOf(Permission.Interaction.class), List.of());
    TokenFilter filter =
        new TokenFilter(
            List.of(
                token ->
                    Optional.of(new Caller(token, token, null, Set.of(all), Set.of(), null, true))),
            new RequestBudget(1),
            new OperatorClient("operator"));
    for (int i = 0; i < 3; i++) {
      assertThat(ask(filter, "/operator/accounts", "Bearer operator").getStatus()).isEqualTo(200);
    }
    assertThat(ask(filter, "/operator/accounts", "Bearer loader").getStatus()).isEqualTo(403);
    for (String path :
        new String[] {
          "/fhir/..;/operator/accounts", "/fhir/../operator/accounts", "/fhir/%2e%2e/operator"
        }) {
      assertThat(ask(filter, path, "Bearer loader").getStatus()).as(path).isEqualTo(403);
    }
    assertThat(ask(filter, "/fhir/Patient/1/$everything", "Bearer loader").getStatus())
        .isEqualTo(200);
  }

  private static MockHttpServletResponse ask(TokenFilter filter, String path, String authorization)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    if (authorization != null) {
      request.addHeader("Authorization", authorization);
    }
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain());
    return response;
  }
}

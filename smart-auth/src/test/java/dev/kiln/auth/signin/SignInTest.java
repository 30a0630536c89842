package dev.kiln.auth.signin;

import static dev.kiln.testing.Person.location;
import static dev.kiln.testing.Server.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.Account;
import dev.kiln.testing.Person;
import dev.kiln.testing.Server;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Signing in with a password, over HTTP. */
class SignInTest {

  private final Server server = Server.get();
  private final Person person = new Person(server.address());

  @Test
  void whoeverHasThePasswordComesIn() {
    String login = Server.name("Doctor.");
    server.physician(login);
    HttpResponse<String> answer = person.signIn(login.toLowerCase(), PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(location(answer)).endsWith("/account");
    assertThat(person.get("/account").body()).contains(login);
    assertThat(location(person.get("/sign-in"))).endsWith("/account");
  }

  @Test
  void nobodyLearnsWhetherAnAccountExists() {
    String login = Server.name("known");
    server.physician(login);
    HttpResponse<String> wrong = person.signIn(login, "not the password");
    HttpResponse<String> unknown = person.signIn("un" + login, "not the password");
    assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode()).isEqualTo(401);
    assertThat(comparable(unknown, "un" + login)).isEqualTo(comparable(wrong, login));
  }

  /** Both take a hash; the one that needed none would be faster by a factor of ten or more. */
  @Test
  void anUnknownNameTakesAsLong() {
    String login = Server.name("timed");
    server.physician(login);
    person.signIn(login, "warm-up");
    Duration known = shortest(login);
    Duration unknown = shortest("un" + login);
    assertThat(unknown).isBetween(known.dividedBy(3), known.multipliedBy(3));
  }

  @Test
  void afterFiveWrongAttemptsEvenTheRightOneGetsTheSameAnswer() {
    String login = Server.name("guessed");
    server.physician(login);
    HttpResponse<String> wrong = person.signIn(login, "not the password");
    for (int i = 0; i < 4; i++) {
      person.signIn(login, "not the password either");
    }
    HttpResponse<String> right = person.signIn(login, PASSWORD);
    assertThat(right.statusCode()).isEqualTo(wrong.statusCode());
    assertThat(comparable(right, login)).isEqualTo(comparable(wrong, login));
    assertThat(person.isIn()).isFalse();
  }

  @Test
  void aRightAttemptMakesEarlierWrongOnesForgotten() {
    String login = Server.name("clumsy");
    server.physician(login);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 4; i++) {
        person.signIn(login, "not the password");
      }
      Person again = new Person(server.address());
      again.signIn(login, PASSWORD);
      assertThat(again.isIn()).isTrue();
    }
  }

  @Test
  void theSessionGetsAnotherIdWhenSomebodyComesIn() {
    String login = Server.name("fixed");
    server.physician(login);
    person.get("/sign-in");
    String before = person.session().orElseThrow().getValue();
    person.signIn(login, PASSWORD);
    String after = person.session().orElseThrow().getValue();
    assertThat(after).isNotEqualTo(before);
    person.setSession(before);
    assertThat(person.isIn()).isFalse();
  }

  @Test
  void aSessionIdWithoutItsSignatureIsNoWayIn() {
    String login = Server.name("stolen");
    server.physician(login);
    person.signIn(login, PASSWORD);
    String value = person.session().orElseThrow().getValue();
    person.setSession(value.substring(0, value.indexOf('.')));
    assertThat(person.isIn()).isFalse();
  }

  @Test
  void cookieAndHeadersAreStrict() {
    HttpResponse<String> page = person.get("/sign-in");
    assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Secure");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "script-src");
    assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(page.headers().firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(page.body()).doesNotContain("<script", "style=", "onclick", "http://", "https://");
  }

  @Test
  void behindHttpsTheCookieIsSecureAndSoIsTheFuture() {
    HttpResponse<String> page = person.get("/sign-in", "X-Forwarded-Proto", "https");
    assertThat(page.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
    assertThat(page.headers().firstValue("Strict-Transport-Security").orElseThrow())
        .contains("max-age=31536000");
  }

  @Test
  void aFormFromElsewhereIsRefused() {
    String login = Server.name("forged");
    server.physician(login);
    HttpResponse<String> answer =
        new Person(server.address()).post("/sign-in", "login", login, "password", PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("This page has expired").doesNotContain("Exception");
  }

  @Test
  void nobodyIsSentElsewhereAfterwards() {
    String login = Server.name("sent");
    server.physician(login);
    person.get("/sign-in?continue=https://evil.example&redirect=//evil.example");
    HttpResponse<String> answer =
        person.post("/sign-in?continue=https://evil.example", "login", login, "password", PASSWORD);
    assertThat(location(answer)).isIn("/account", server.address() + "/account");
  }

  @Test
  void aPageOfOnesOwnIsComeBackTo() {
    String login = Server.name("returning");
    server.physician(login);
    assertThat(location(person.get("/account/sessions"))).isEqualTo("/sign-in");
    assertThat(location(person.signIn(login, PASSWORD))).endsWith("/account/sessions");
  }

  @Test
  void signingOutEndsTheSession() {
    String login = Server.name("leaving");
    server.physician(login);
    person.signIn(login, PASSWORD);
    person.get("/account");
    String session = person.session().orElseThrow().getValue();
    assertThat(location(person.post("/sign-out"))).isEqualTo("/sign-in?signed-out");
    person.get("/sign-in");
    person.setSession(session);
    assertThat(person.isIn()).isFalse();
  }

  @Test
  void signingOutEverywhereEndsAllSessionsAndAClosedAccountHasNone() {
    String login = Server.name("everywhere");
    Account account = server.physician(login);
    Person elsewhere = new Person(server.address());
    person.signIn(login, PASSWORD);
    elsewhere.signIn(login, PASSWORD);
    person.get("/account/sessions");
    person.post("/account/sessions/end-all");
    assertThat(person.isIn()).isFalse();
    assertThat(elsewhere.isIn()).isFalse();

    elsewhere.signIn(login, PASSWORD);
    assertThat(elsewhere.isIn()).isTrue();
    server.accounts().close(account);
    assertThat(elsewhere.isIn()).isFalse();
    assertThat(elsewhere.signIn(login, PASSWORD).statusCode()).isEqualTo(401);
  }

  /** What is the same for both, whoever was tried. */
  private static String comparable(HttpResponse<String> answer, String login) {
    return answer
        .body()
        .replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
        .replace("value=\"" + login + "\"", "");
  }

  private Duration shortest(String login) {
    Duration shortest = Duration.ofDays(1);
    for (int i = 0; i < 4; i++) {
      person.get("/sign-in");
      long start = System.nanoTime();
      person.post("/sign-in", "login", login, "password", "not the password");
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      shortest = taken.compareTo(shortest) < 0 ? taken : shortest;
    }
    return shortest;
  }
}

package dev.kiln.auth.signin;

import static dev.kiln.testing.Person.location;
import static dev.kiln.testing.Server.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.Account;
import dev.kiln.auth.account.NewAccount;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.secondfactor.SecondFactors;
import dev.kiln.testing.App;
import dev.kiln.testing.Person;
import dev.kiln.testing.Phone;
import dev.kiln.testing.Server;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;

/** Signing in with a second step, over HTTP. */
class SecondFactorSignInTest {

  private final Server server = Server.get();
  private final SecondFactors factors = server.bean(SecondFactors.class);
  private final Person person = new Person(server.address());

  @Test
  void thePasswordAloneOpensNothing() {
    String login = Server.name("two");
    Phone phone = enrolled(server.physician(login));
    assertThat(location(person.signIn(login, PASSWORD))).endsWith("/second-factor");
    for (String path : List.of("/account", "/account/apps", "/consent?state=x")) {
      assertThat(location(person.get(path))).isEqualTo("/sign-in");
    }
    App app = App.of(Kind.PUBLIC);
    String link = app.link(app.request("openid"));
    assertThat(location(person.get(link))).isEqualTo(server.address() + "/sign-in");
    assertThat(location(person.get("/sign-in/continue"))).endsWith("/second-factor");
    person.get("/second-factor");
    assertThat(person.post("/second-factor", "code", "123").statusCode()).isEqualTo(401);
    String onward = location(person.post("/second-factor", "code", phone.code(0)));
    assertThat(onward).endsWith(link.substring(server.address().length()));
    assertThat(location(person.get(onward))).contains("/consent?");
    assertThat(person.isIn()).isTrue();
  }

  @Test
  void codesAreGuessedFiveTimesAtMost() {
    String login = Server.name("guess");
    Phone phone = enrolled(server.physician(login));
    person.signIn(login, PASSWORD);
    person.get("/second-factor");
    for (int i = 0; i < 5; i++) {
      person.post("/second-factor", "code", "00000" + i);
    }
    assertThat(person.post("/second-factor", "code", phone.code(0)).statusCode()).isEqualTo(401);
    // Nor does beginning anew give more of them.
    Person again = new Person(server.address());
    again.signIn(login, PASSWORD);
    again.get("/second-factor");
    assertThat(again.post("/second-factor", "code", phone.code(0)).statusCode()).isEqualTo(401);
  }

  @Test
  void aRoleThatDemandsASecondFactorIsLedThroughPasswordAndSetUp() {
    String login = Server.name("privacy");
    Account account =
        server
            .accounts()
            .open(new NewAccount(login, "P", null, null, Set.of("privacy-officer"), null));
    String once = server.accounts().setOneTimePassword(account);
    assertThat(location(person.signIn(login, once))).endsWith("/sign-in/password");
    assertThat(location(person.get("/second-factor/set-up"))).endsWith("/sign-in/password");
    assertThat(location(person.get("/account"))).isEqualTo("/sign-in");
    person.get("/sign-in/password");
    assertThat(newPassword("too short").body()).contains("too short");
    assertThat(newPassword(once).body()).contains("have now");
    assertThat(location(newPassword("seven purple otters"))).endsWith("/second-factor/set-up");
    assertThat(location(person.get("/account"))).isEqualTo("/sign-in");

    String page = person.get("/second-factor/set-up").body();
    Matcher secret = Pattern.compile("data-testid=\"secret\">([A-Z2-7 ]+)<").matcher(page);
    assertThat(secret.find()).isTrue();
    HttpResponse<String> codes =
        person.post("/second-factor/set-up", "code", new Phone(secret.group(1)).code(0));
    assertThat(codes.body()).contains("data-testid=\"codes\"");
    assertThat(person.follow(person.get("/sign-in/continue")).body()).contains("Privacy officer");
    assertThat(person.post("/account/second-factor", "password", "x").statusCode()).isEqualTo(200);
  }

  @Test
  void toChangeTheFactorThePasswordIsAskedForAgain() {
    String login = Server.name("changes");
    Account account = server.physician(login);
    person.signIn(login, PASSWORD);
    assertThat(location(person.get("/account/second-factor/set-up")))
        .endsWith("/account/second-factor");
    person.get("/account/second-factor");
    assertThat(
            person.post("/account/second-factor", "password", "wrong", "wanted", "set-up").body())
        .contains("not your present password");
    assertThat(
            location(
                person.post("/account/second-factor", "password", PASSWORD, "wanted", "set-up")))
        .endsWith("/account/second-factor/set-up");
    String page = person.get("/account/second-factor/set-up").body();
    Matcher secret = Pattern.compile("data-testid=\"secret\">([A-Z2-7 ]+)<").matcher(page);
    assertThat(secret.find()).isTrue();
    person.post("/account/second-factor/set-up", "code", new Phone(secret.group(1)).code(0));
    assertThat(factors.has(account)).isTrue();
    person.get("/account/second-factor");
    person.post("/account/second-factor", "password", PASSWORD, "wanted", "remove");
    assertThat(factors.has(account)).isFalse();
  }

  @Test
  void whoeverIsHalfwayInWithAPasswordThatHasBeenChangedBeginsAnew() {
    String login = Server.name("reset");
    Account account = server.physician(login);
    Phone phone = enrolled(account);
    person.signIn(login, PASSWORD);
    person.get("/second-factor");
    assertThat(server.accounts().setPassword(account, "nine yellow herons")).isEmpty();

    assertThat(location(person.post("/second-factor", "code", phone.code(0)))).endsWith("/sign-in");
    assertThat(person.isIn()).isFalse();
  }

  private HttpResponse<String> newPassword(String password) {
    return person.post(
        "/sign-in/password", "new-password", password, "repeated-password", password);
  }

  private Phone enrolled(Account account) {
    MockHttpSession session = new MockHttpSession();
    Phone phone = new Phone(factors.enrolment(account, "x", session).secret());
    assertThat(factors.confirm(account, phone.code(-1), session)).isPresent();
    return phone;
  }
}

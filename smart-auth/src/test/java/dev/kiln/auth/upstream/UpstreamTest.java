package dev.kiln.auth.upstream;

import static dev.kiln.testing.Person.location;
import static dev.kiln.testing.Server.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.Account;
import dev.kiln.auth.secondfactor.SecondFactors;
import dev.kiln.testing.OrganisationProvider;
import dev.kiln.testing.Person;
import dev.kiln.testing.Phone;
import dev.kiln.testing.Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;

/** Signing in with a second, real OpenID Connect provider, which is not there at first. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpstreamTest {

  private static final Server SERVER = Server.get();
  private static final String KNOWN = Server.name("known.there");
  private static final String CAREFUL = Server.name("careful.there");
  private static final String POWERFUL = Server.name("powerful.there");
  private static final String UNKNOWN = Server.name("unknown.here");

  private static int port;
  private static int providerPort;
  private static ConfigurableApplicationContext kiln;
  private static ConfigurableApplicationContext provider;

  @BeforeAll
  static void start() throws IOException {
    port = Server.free();
    providerPort = Server.free();
    kiln = SERVER.startWithProvider(port, providerPort);
  }

  @AfterAll
  static void stop() {
    kiln.close();
    if (provider != null) {
      provider.close();
    }
  }

  private final Person person = new Person("http://127.0.0.1:" + port);

  @Test
  @Order(1)
  void aBrokenProviderGivesAClearPageAndPasswordsGoOn() {
    assertThat(person.get("/sign-in").body()).contains("Sign in with Saint Elsewhere");
    HttpResponse<String> answer = person.follow(person.get("/sign-in/organisation"));
    assertThat(answer.body()).contains("did not work just now").doesNotContain("Exception");
    String login = Server.name("local");
    SERVER.physician(login);
    person.signIn(login, PASSWORD);
    assertThat(person.isIn()).isTrue();
  }

  @Test
  @Order(2)
  void whoHasAnAccountOfThatNameComesInAndStaysTheSame() {
    provider =
        OrganisationProvider.start(
            providerPort,
            "http://127.0.0.1:" + port + "/upstream/back/organisation",
            KNOWN,
            CAREFUL,
            POWERFUL,
            UNKNOWN);
    Account account = SERVER.physician(KNOWN);
    HttpResponse<String> page = signInThere(KNOWN);
    assertThat(page.uri().getPath()).isEqualTo("/account");
    assertThat(page.body()).contains(KNOWN);

    // Another account gets the login name; the person there stays who they were.
    JdbcClient.create(SERVER.database())
        .sql("update account set login_key = login_key || '.renamed' where id = :id::uuid")
        .param("id", account.id())
        .update();
    SERVER.physician(KNOWN);
    Person again = new Person("http://127.0.0.1:" + port);
    assertThat(signInThere(again, KNOWN).uri().getPath()).isEqualTo("/account");
    assertThat(linked("subject-of-" + KNOWN)).isEqualTo(account.id());
  }

  @Test
  @Order(3)
  void aSecondFactorIsAskedForAllTheSame() {
    Account account = SERVER.physician(CAREFUL);
    SecondFactors factors = SERVER.bean(SecondFactors.class);
    MockHttpSession session = new MockHttpSession();
    Phone phone = new Phone(factors.enrolment(account, "x", session).secret());
    factors.confirm(account, phone.code(-1), session);
    assertThat(signInThere(CAREFUL).uri().getPath()).isEqualTo("/second-factor");
    assertThat(person.isIn()).isFalse();
    person.get("/second-factor");
    person.post("/second-factor", "code", phone.code(0));
    assertThat(person.isIn()).isTrue();
  }

  @Test
  @Order(4)
  void whoHasNoAccountIsToldSo() {
    assertThat(signInThere(UNKNOWN).body()).contains("you have no account here");
    assertThat(person.isIn()).isFalse();
  }

  @Test
  @Order(5)
  void aNameAloneIsNoWayIntoARoleThatDemandsASecondFactor() {
    SERVER.account(POWERFUL, "administrator", null);
    assertThat(signInThere(POWERFUL).body()).contains("you have no account here");
    assertThat(person.isIn()).isFalse();
  }

  @Test
  @Order(6)
  void anAnswerThatNobodyAskedForIsRefused() {
    HttpResponse<String> answer =
        person.get("/upstream/back/organisation?code=stolen&state=forged");
    assertThat(location(answer)).isEqualTo("/sign-in?organisation=failed");
    assertThat(person.get("/upstream/else").statusCode()).isIn(303, 302, 403);
    assertThat(person.isIn()).isFalse();
  }

  private HttpResponse<String> signInThere(String name) {
    return signInThere(person, name);
  }

  private static HttpResponse<String> signInThere(Person who, String name) {
    HttpResponse<String> form = who.follow(who.get("/sign-in/organisation"));
    assertThat(form.uri().getPort()).isEqualTo(providerPort);
    return who.follow(
        who.post(
            "http://127.0.0.1:" + providerPort + "/login",
            "username",
            name,
            "password",
            "organisation"));
  }

  private static String linked(String subject) {
    return JdbcClient.create(SERVER.database())
        .sql("select account::text from upstream_identity where subject = :subject")
        .param("subject", subject)
        .query(String.class)
        .single();
  }
}

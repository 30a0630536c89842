package dev.kiln.auth.page;

import static dev.kiln.testing.Server.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.AccessTokens.Grant;
import dev.kiln.auth.Account;
import dev.kiln.auth.SmartScope;
import dev.kiln.auth.account.NewAccount;
import dev.kiln.auth.launch.Launches;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.testing.App;
import dev.kiln.testing.Chromium;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Onlooker;
import dev.kiln.testing.Phone;
import dev.kiln.testing.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages in a real browser, looked at by axe in each of their looks. */
class BrowserTest {

  private static final String SCOPE =
      "openid fhirUser launch/patient offline_access patient/Patient.rs patient/Condition.rs"
          + " patient/Observation.rs patient/Observation.c user/Appointment.crus";
  private static final String LABORATORY =
      "patient/Observation.rs?category="
          + "http://terminology.hl7.org/CodeSystem/observation-category|laboratory";

  private static Server server;
  private static Chromium chromium;
  private static HttpServer back;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        Chromium.program().isPresent(),
        "Chromium is not installed, so the pages are not looked at. Install the package chromium.");
    server = Server.get();
    chromium = Chromium.start();
    back = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    back.createContext(
        "/callback",
        exchange -> {
          byte[] body = "<title>App</title>back".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    back.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
      back.stop(0);
    }
  }

  private static BrowserContext context(String language) {
    return chromium
        .browser()
        .newContext(
            new Browser.NewContextOptions().setLocale(language).setBaseURL(server.address()));
  }

  @Test
  void anAdministratorIsLedFromTheOneTimePasswordToTheAccount() {
    String login = Server.name("admin");
    Account account =
        server
            .accounts()
            .open(
                new NewAccount(
                    login,
                    "Ada Administrator",
                    "ada@example.org",
                    null,
                    Set.of("administrator", "privacy-officer"),
                    null));
    String once = server.accounts().setOneTimePassword(account);
    try (BrowserContext context = context("en-GB")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      page.navigate("/account");
      onlooker.look("sign-in");
      page.getByTestId("login").fill(login);
      page.getByTestId("password").fill("wrong");
      page.getByTestId("submit").click();
      onlooker.look("sign-in-wrong");
      page.getByTestId("password").fill(once);
      page.getByTestId("submit").click();

      page.getByTestId("new-password").fill("Password1234");
      page.getByTestId("repeated-password").fill("Password1234");
      page.getByTestId("submit").click();
      assertThat(page.getByTestId("error").textContent()).contains("Many people use");
      onlooker.look("new-password");
      page.getByTestId("new-password").fill("seven purple otters");
      page.getByTestId("repeated-password").fill("seven purple otters");
      page.getByTestId("submit").click();

      Phone phone = new Phone(page.getByTestId("secret").textContent());
      onlooker.look("set-up-second-factor");
      page.getByTestId("code").fill(phone.code(0));
      page.getByTestId("submit").click();
      onlooker.look("recovery-codes");
      assertThat(page.getByTestId("codes").locator("li").count()).isEqualTo(10);
      page.getByTestId("onward").click();

      assertThat(page.url()).endsWith("/account");
      onlooker.look("account");
      page.getByTestId("tab-password").click();
      onlooker.look("password");
      page.getByTestId("tab-second-factor").click();
      assertThat(page.getByTestId("remove").count()).isZero();
      onlooker.look("second-factor-settings");
      page.getByTestId("tab-sessions").click();
      onlooker.look("sessions");
      App chart = App.at(back());
      letIn(page, chart, "openid fhirUser offline_access user/Practitioner.crus");
      letIn(page, App.at(back()), "openid user/AuditEvent.rs user/Organization.rs");
      page.navigate("/account/apps");
      assertThat(page.getByTestId("apps").locator("form").count()).isEqualTo(2);
      page.getByTestId("may-1").locator("summary").click();
      onlooker.look("apps");
      page.getByTestId("revoke-1").click();
      assertThat(page.getByTestId("notice").textContent()).contains("no access any more");
      assertThat(page.getByTestId("apps").locator("form").count()).isEqualTo(1);

      page.getByTestId("tab-overview").click();
      page.getByTestId("sign-out").click();
      page.getByTestId("login").fill(login);
      page.getByTestId("password").fill("seven purple otters");
      page.getByTestId("submit").click();
      onlooker.look("second-factor");
      page.getByTestId("code").fill(phone.code(1));
      page.getByTestId("submit").click();
      assertThat(page.url()).endsWith("/account");
    }
  }

  /** With the keyboard alone, from the app's link back to the app. */
  @Test
  void aPhysicianChoosesAPatientNarrowsAndAllows() {
    String login = Server.name("keys");
    server.physician(login);
    try (BrowserContext context = context("en-US")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      App app = App.at(back());
      page.navigate(app.link(app.request(SCOPE)));
      awaitFocus(page, "login");
      page.keyboard().type(login);
      page.keyboard().press("Tab");
      page.keyboard().type(PASSWORD);
      page.keyboard().press("Enter");

      page.waitForURL("**/choose-patient?**");
      awaitFocus(page, "q");
      page.keyboard().type("ibarra");
      page.keyboard().press("Enter");
      page.getByTestId("patient-alba").waitFor();
      onlooker.look("choose-patient");
      focus(page, "patient-alba");
      page.keyboard().press("Enter");

      page.waitForURL("**/consent?**");
      assertThat(page.getByTestId("patient").textContent()).contains("Marisol Ibarra Quintana");
      focus(page, "scope-patient-Observation-rs-narrow");
      page.keyboard().press("Enter");
      focus(page, "scope-patient-Observation-rs-laboratory");
      page.keyboard().press("Space");
      focus(page, "scope-offline-access");
      page.keyboard().press("Space");
      onlooker.look("consent");
      focus(page, "allow");
      page.keyboard().press("Enter");

      Answer token = token(page, app);
      assertThat(token.json())
          .containsEntry("patient", "alba")
          .containsKey("id_token")
          .doesNotContainKey("refresh_token");
      assertThat(Scopes.split((String) token.get("scope")))
          .containsExactlyInAnyOrder(
              "openid",
              "fhirUser",
              "launch/patient",
              "patient/Patient.rs",
              "patient/Condition.rs",
              LABORATORY,
              "patient/Observation.c",
              "user/Appointment.crus");
      Grant grant = grant(token);
      assertThat(grant.context()).isEqualTo(Map.of("patient", "alba"));
      assertThat(grant.subject()).isEqualTo(server.account(login).id());
      assertThat(grant.scopes())
          .contains(SmartScope.of(LABORATORY).orElseThrow())
          .doesNotContain(SmartScope.of("patient/Observation.rs").orElseThrow());
    }
  }

  /** Nobody is asked for the patient whose record is open already. */
  @Test
  void anAppIsOpenedOutOfARecord() {
    String login = Server.name("record");
    Account account = server.physician(login);
    App app = App.at(back());
    Map<String, Object> request = app.request("launch openid fhirUser offline_access patient/*.rs");
    request.put(
        "launch",
        server
            .bean(Launches.class)
            .open(account, app.clientId(), Launches.Context.of("child", "visit")));
    try (BrowserContext context = context("en-US")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      page.navigate(app.link(request));
      page.getByTestId("login").fill(login);
      page.getByTestId("password").fill(PASSWORD);
      page.getByTestId("submit").click();
      page.waitForURL("**/consent?**");
      assertThat(page.getByTestId("patient").textContent()).contains("Teodoro Ibarra");
      assertThat(page.getByTestId("other-patient").count()).isZero();
      onlooker.look("consent-launch");
      page.getByTestId("allow").click();

      Answer token = token(page, app);
      assertThat(token.json())
          .containsEntry("patient", "child")
          .containsEntry("encounter", "visit")
          .containsKeys("id_token", "refresh_token");
      assertThat(grant(token).context())
          .isEqualTo(Map.of("patient", "child", "encounter", "visit"));
    }
  }

  @Test
  void whoDoesNotAllowGoesBackWithoutACode() {
    String login = Server.name("denies");
    server.account(login, "patient", "Patient/alba");
    try (BrowserContext context = context("es-MX")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      App app = App.at(back());
      page.navigate(app.link(app.request(SCOPE)));
      assertThat(page.locator("h1").textContent()).isEqualTo("Iniciar sesión");
      assertThat(page.locator("html").getAttribute("lang")).isEqualTo("es");
      page.getByTestId("login").fill(login);
      page.getByTestId("password").fill(PASSWORD);
      page.getByTestId("submit").click();
      page.waitForURL("**/consent?**");
      onlooker.look("consent-es");
      page.getByTestId("language").click();
      assertThat(page.getByTestId("allow").textContent()).isEqualTo("Allow");
      page.getByTestId("deny").click();
      page.waitForURL("**/callback?**");
      assertThat(page.url()).contains("error=access_denied").doesNotContain("code=");
    }
  }

  @Test
  void thePagesAroundALostPasswordAndErrors() {
    try (BrowserContext context = context("en")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      page.navigate("/reset");
      onlooker.look("forgotten");
      page.getByTestId("login").fill("nobody-at-all");
      page.getByTestId("submit").click();
      onlooker.look("forgotten-sent");
      page.navigate("/invitation/unknown");
      onlooker.look("link-over");
      page.navigate("/oauth2/authorize?client_id=unknown");
      page.navigate("/auth/assets/nothing-here");
      onlooker.look("error");
    }
  }

  private static String back() {
    return "http://127.0.0.1:" + back.getAddress().getPort() + "/callback";
  }

  /** Somebody who is signed in lets the app in. */
  private static void letIn(Page page, App app, String scope) {
    page.navigate(app.link(app.request(scope)));
    page.getByTestId("allow").click();
    assertThat(token(page, app).status()).isEqualTo(200);
  }

  /** What the app gets for the code with which the browser comes back to it. */
  private static Answer token(Page page, App app) {
    page.waitForURL("**/callback?**");
    assertThat(page.url()).contains("code=").doesNotContain("error");
    Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(page.url());
    assertThat(code.find()).isTrue();
    return app.token(app.exchange(code.group(1)));
  }

  private static Grant grant(Answer token) {
    return server.bean(AccessTokens.class).grant((String) token.get("access_token")).orElseThrow();
  }

  /** Walks there with the tabulator key. */
  /** The page gives the focus by itself, when it is first drawn; what is typed before is lost. */
  private static void awaitFocus(Page page, String testId) {
    page.locator("[data-testid='" + testId + "']:focus").waitFor();
  }

  private static void focus(Page page, String testId) {
    for (int i = 0; i < 80; i++) {
      Object focused =
          page.evaluate(
              "(document.activeElement.closest('[data-testid]') || document.body)"
                  + ".getAttribute('data-testid')");
      if (testId.equals(focused)) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("The keyboard does not reach " + testId);
  }
}

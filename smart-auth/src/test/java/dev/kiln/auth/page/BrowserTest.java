package dev.kiln.auth.page;

import static dev.kiln.pages.PagesServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.kiln.auth.Account;
import dev.kiln.auth.account.NewAccount;
import dev.kiln.pages.Chromium;
import dev.kiln.pages.Onlooker;
import dev.kiln.pages.PagesServer;
import dev.kiln.pages.Person;
import dev.kiln.pages.Phone;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages in a real browser, looked at by axe in each of their looks. */
class BrowserTest {

  private static PagesServer server;
  private static Chromium chromium;
  private static HttpServer app;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        Chromium.program().isPresent(),
        "Chromium is not installed, so the pages are not looked at. Install the package chromium.");
    server = PagesServer.running();
    chromium = Chromium.start();
    app = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    app.createContext(
        "/callback",
        exchange -> {
          byte[] body = "<title>App</title>back".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    app.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
      app.stop(0);
    }
  }

  private static BrowserContext context(String language) {
    return chromium
        .browser()
        .newContext(new Browser.NewContextOptions().setLocale(language).setBaseURL(server.base()));
  }

  @Test
  void anAdministratorIsLedFromTheOneTimePasswordToTheAccount() {
    String login = PagesServer.name("admin");
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
    String login = PagesServer.name("keys");
    server.physician(login);
    try (BrowserContext context = context("en-US")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      page.navigate(authorize());
      page.keyboard().type(login);
      page.keyboard().press("Tab");
      page.keyboard().type(PASSWORD);
      page.keyboard().press("Enter");

      page.waitForURL("**/choose-patient?**");
      page.keyboard().type("ibarra");
      page.keyboard().press("Enter");
      page.getByTestId("patient-p1").waitFor();
      onlooker.look("choose-patient");
      focus(page, "patient-p1");
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
      page.waitForURL("**/callback?**");
      assertThat(page.url()).contains("code=").doesNotContain("error");
      redeem(page.url());

      page.navigate("/account/apps");
      page.getByTestId("may-1").locator("summary").click();
      onlooker.look("apps");
      page.getByTestId("revoke-1").click();
      assertThat(page.getByTestId("notice").textContent()).contains("no access any more");
      assertThat(page.locator("main").textContent()).doesNotContain("Growth Chart");
    }
  }

  @Test
  void whoDoesNotAllowGoesBackWithoutACode() {
    String login = PagesServer.name("denies");
    server.account(login, "patient", "Patient/p1");
    try (BrowserContext context = context("es-MX")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      page.navigate(authorize());
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

  /** What the app does with the code that came back to it. */
  private static void redeem(String callback) {
    Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(callback);
    assertThat(code.find()).isTrue();
    assertThat(
            new Person(server.base())
                .post(
                    "/oauth2/token",
                    "grant_type",
                    "authorization_code",
                    "client_id",
                    "growth-chart",
                    "code",
                    code.group(1),
                    "redirect_uri",
                    callback.substring(0, callback.indexOf('?')),
                    "code_verifier",
                    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
                .body())
        .contains("access_token");
  }

  private static String authorize() {
    return "/oauth2/authorize?response_type=code&client_id=growth-chart&state=xyz&redirect_uri="
        + Person.escaped("http://127.0.0.1:" + app.getAddress().getPort() + "/callback")
        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
        + "&aud="
        + Person.escaped(server.base() + "/fhir")
        + "&scope="
        + Person.escaped(
            "openid fhirUser launch/patient offline_access patient/Patient.rs patient/Condition.rs"
                + " patient/Observation.rs patient/Observation.c user/Appointment.crus");
  }

  /** Walks there with the tabulator key. */
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

package dev.kiln.auth.upstream;

import static dev.kiln.testing.Server.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.kiln.auth.Account;
import dev.kiln.testing.Chromium;
import dev.kiln.testing.Onlooker;
import dev.kiln.testing.OrganisationProvider;
import dev.kiln.testing.Server;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Signing in with a second, real OpenID Connect provider in a real browser, which sends its cookies
 * by its own rules when it comes back from elsewhere, and holds redirects to the pages' policy.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpstreamBrowserTest {

  private static final Server SERVER = Server.get();
  private static final String KNOWN = Server.name("browser.there");
  private static final String UNKNOWN = Server.name("browser.unknown");

  private static int port;
  private static int providerPort;
  private static Chromium chromium;
  private static ConfigurableApplicationContext kiln;
  private static ConfigurableApplicationContext provider;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        Chromium.program().isPresent(),
        "Chromium is not installed, so the pages are not looked at. Install the package chromium.");
    chromium = Chromium.start();
    port = Server.free();
    providerPort = Server.free();
    kiln = SERVER.startWithProvider(port, providerPort);
  }

  @AfterAll
  static void stop() {
    if (provider != null) {
      provider.close();
    }
    if (kiln != null) {
      kiln.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  @Order(1)
  void whileTheProviderIsDownThePageSaysSoAndPasswordsGoOn() {
    downThenByPassword("before");
  }

  @Test
  @Order(2)
  void theFirstTimeTheAccountOfThatNameIsLinked() {
    provider = OrganisationProvider.start(providerPort, back(), KNOWN, UNKNOWN);
    Account account = SERVER.physician(KNOWN);
    try (BrowserContext context = context("en-GB")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      page.navigate("/account");
      onlooker.look("upstream-sign-in");
      signInThere(page, KNOWN);
      page.waitForURL("**/account");
      assertThat(page.url()).isEqualTo(address() + "/account");
      onlooker.look("upstream-account");
      assertThat(linked()).isEqualTo(account.id());

      page.getByTestId("sign-out").click();
      page.getByTestId("organisation").waitFor();
      page.navigate("/account");
      assertThat(page.url()).endsWith("/sign-in");
    }
  }

  @Test
  @Order(3)
  void theSecondTimeTheSubjectDecidesAndNotTheName() {
    // The account has another login name by now, which the provider does not know.
    String renamed = Server.name("browser.renamed");
    JdbcClient.create(SERVER.database())
        .sql("update account set login = :login, login_key = :login where id = :id::uuid")
        .param("login", renamed)
        .param("id", linked())
        .update();
    try (BrowserContext context = context("es-MX")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      page.navigate("/account");
      onlooker.look("upstream-sign-in-es");
      signInThere(page, KNOWN);
      page.waitForURL("**/account");
      assertThat(page.getByTestId("account-login").textContent()).isEqualTo(renamed);

      // The provider still knows them, so that the next time is a single click.
      page.getByTestId("sign-out").click();
      page.getByTestId("organisation").click();
      page.waitForURL("**/account");
      assertThat(page.getByTestId("account-login").textContent()).isEqualTo(renamed);
    }
  }

  @Test
  @Order(4)
  void whoHasNoAccountIsToldSo() {
    try (BrowserContext context = context("en-GB")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      page.navigate("/sign-in");
      signInThere(page, UNKNOWN);
      page.waitForURL("**/sign-in?organisation=unknown");
      assertThat(page.textContent("main")).contains("you have no account here");
      onlooker.look("upstream-unknown");
    }
  }

  @Test
  @Order(5)
  void whenTheProviderBreaksThePageSaysSoAndPasswordsGoOn() {
    provider.close();
    provider = null;
    downThenByPassword("after");
  }

  private static void downThenByPassword(String when) {
    String login = Server.name("browser.local");
    SERVER.physician(login);
    try (BrowserContext context = context("en-GB")) {
      Onlooker onlooker = new Onlooker(context);
      Page page = onlooker.page();
      page.navigate("/sign-in");
      page.getByTestId("organisation").click();
      page.waitForURL("**/sign-in?organisation=failed");
      assertThat(page.textContent("main")).contains("did not work just now");
      onlooker.look("upstream-down-" + when);
      page.getByTestId("login").fill(login);
      page.getByTestId("password").fill(PASSWORD);
      page.getByTestId("submit").click();
      page.waitForURL("**/account");
    }
  }

  /** On the provider's own page. */
  private static void signInThere(Page page, String name) {
    page.getByTestId("organisation").click();
    page.waitForURL("http://127.0.0.1:" + providerPort + "/login**");
    page.fill("input[name=username]", name);
    page.fill("input[name=password]", "organisation");
    page.click("button[type=submit]");
  }

  private static BrowserContext context(String language) {
    return chromium
        .browser()
        .newContext(new Browser.NewContextOptions().setLocale(language).setBaseURL(address()));
  }

  private static String address() {
    return "http://127.0.0.1:" + port;
  }

  private static String back() {
    return address() + "/upstream/back/organisation";
  }

  /** Id of the account of the one whom the provider knows. */
  private static String linked() {
    return JdbcClient.create(SERVER.database())
        .sql("select account::text from upstream_identity where subject = :subject")
        .param("subject", "subject-of-" + KNOWN)
        .query(String.class)
        .single();
  }
}

package dev.kiln.access.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.SmartApp.Kind;
import dev.kiln.auth.launch.Launches;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A page that uses the npm library fhirclient, in a real browser and from another origin. */
class FhirClientIT {

  /** Machines that run many tests at once are slow. */
  private static final int SLOW = 120_000;

  private static final RunningHub hub = RunningHub.get();

  private static Chromium chromium;
  private static HttpServer server;
  private static Chart chart;
  private static SmartApp app;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Libraries.areInstalled(), Libraries.MISSING);
    assumeTrue(
        Chromium.program().isPresent(),
        "Chromium is not installed, so fhirclient is not tried. Install the package chromium.");
    chart = Chart.get();
    server = Libraries.serve();
    chromium = new Chromium();
    app =
        SmartApp.at(
            origin() + "/app.html",
            Kind.PUBLIC,
            "launch launch/patient openid fhirUser offline_access patient/*.rs");
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
      server.stop(0);
    }
  }

  private static String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void launchesByItselfAndReads() {
    try (BrowserContext context = context()) {
      List<String> said = new ArrayList<>();
      Page page = page(context, said);
      page.navigate(link());
      signIn(page);
      page.waitForURL("**/choose-patient?**");
      page.getByTestId("q").fill("Smartalba");
      page.getByTestId("find").click();
      page.getByTestId("patient-" + Chart.PATIENT).click();
      page.waitForURL("**/consent?**");
      page.getByTestId("allow").click();
      hasRead(page, said);
      assertThat(page.locator("#encounter").textContent()).isEqualTo("none");
    }
  }

  @Test
  void launchesOutOfARecordAndReads() {
    try (BrowserContext context = context()) {
      List<String> said = new ArrayList<>();
      Page page = page(context, said);
      String launch = app.handle(chart.drake, Launches.Context.of(Chart.PATIENT, Chart.ENCOUNTER));
      page.navigate(link() + "&launch=" + escaped(launch));
      signIn(page);
      page.waitForURL("**/consent?**");
      page.getByTestId("allow").click();
      hasRead(page, said);
      assertThat(page.locator("#encounter").textContent()).isEqualTo("finished");
    }
  }

  private static BrowserContext context() {
    return chromium.browser().newContext(new Browser.NewContextOptions().setLocale("en-US"));
  }

  private static Page page(BrowserContext context, List<String> said) {
    Page page = context.newPage();
    page.setDefaultTimeout(SLOW);
    page.setDefaultNavigationTimeout(SLOW);
    page.onConsoleMessage(message -> said.add(message.text()));
    page.onPageError(said::add);
    return page;
  }

  private static String link() {
    return origin()
        + "/launch.html?clientId="
        + escaped(app.clientId())
        + "&iss="
        + escaped(hub.base() + "/fhir");
  }

  private static void signIn(Page page) {
    page.waitForURL("**/sign-in**");
    page.getByTestId("login").fill(chart.drake.login());
    page.getByTestId("password").fill(chart.drake.password());
    page.getByTestId("submit").click();
  }

  /** What app.html shows once the library has read it. */
  private static void hasRead(Page page, List<String> said) {
    page.waitForURL("**/app.html**");
    page.waitForCondition(() -> List.of("Done", "Failed").contains(page.title()));
    assertThat(page.title()).as(said + page.locator("body").textContent()).isEqualTo("Done");
    assertThat(page.locator("#patient").textContent()).isEqualTo("Smartalba");
    assertThat(page.locator("#user").textContent()).isEqualTo("Practitioner Smartdrake");
    assertThat(page.locator("#observations").textContent().split(" "))
        .contains(
            "smart-laboratory",
            "smart-sdoh",
            "smart-social-history",
            "smart-survey",
            "smart-vital-signs")
        .doesNotContain("smart-bert-laboratory");
    assertThat(page.locator("#refreshed").textContent()).isEqualTo("Smartalba with a new token");
    assertThat(page.url()).as("the library tidies its address").doesNotContain("code=");
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

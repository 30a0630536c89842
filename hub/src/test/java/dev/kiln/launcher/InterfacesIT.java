package dev.kiln.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.kiln.Http;
import dev.kiln.Mllp;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.Chromium;
import dev.kiln.access.smart.Person;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A night's work in a real browser against the running hub: an engineer signs in at the launcher,
 * finds a message that was refused, corrects the sender's profile in a dry run, previews, replays,
 * and the patient is right.
 */
class InterfacesIT {

  /** Machines that run many tests at once are slow. */
  private static final Path SCREENS = Path.of("target/screens");

  private static final RunningHub hub = RunningHub.get();
  private static Chromium chromium;

  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void start() {
    assumeTrue(
        Chromium.program().isPresent(),
        "Chromium is not installed, so the apps are not tried. Install the package chromium.");
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void findsTheFaultMendsItAndReplays() throws Exception {
    String mrn = UUID.randomUUID().toString().substring(0, 12);
    String facility = "NORTH" + mrn.substring(0, 4).toUpperCase(Locale.ROOT);
    String refused =
        """
        MSH|^~\\&|REG|%s|KILN|HUB|20260301101500+0100||ADT^A01^ADT_A01|N%s|P|2.5.1||||||OUR-OWN
        EVN|A01|20260301101500+0100
        PID|1||%s^^^%s^MR||K\u00f6rner^J\u00fcrgen||19700501|M"""
            .formatted(facility, mrn, mrn, facility)
            .replace('\n', '\r');
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      assertThat(sender.send(refused.getBytes(StandardCharsets.ISO_8859_1))).contains("MSA|AR");
    }
    Person engineer = Person.with("integration-engineer", null);
    try (BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setLocale("en-US")
                    .setBaseURL(hub.base())
                    .setViewportSize(1440, 900))) {
      Page page = ListenedPage.of(context, complaints);
      page.navigate("/");
      signInForTheFirstTime(page, engineer);
      look(page, "launcher");

      page.getByRole(AriaRole.LINK, named("Interfaces")).click();
      page.waitForURL("**/apps/admin/**");
      assertThat(page.getByRole(AriaRole.HEADING, heading("Interfaces"))).isVisible();
      look(page, "overview");

      page.navigate("/apps/admin/messages?control-id=N" + mrn);
      page.getByRole(AriaRole.MAIN)
          .getByRole(AriaRole.LINK)
          .filter(new Locator.FilterOptions().setHasText("2026"))
          .first()
          .click();
      page.waitForURL("**/apps/admin/messages/*-*");
      assertThat(page.getByText("MSA|AR")).isVisible();
      assertThat(page.content()).doesNotContain("rgen", "19700501", mrn + "^");
      look(page, "refused");

      page.getByRole(AriaRole.LINK, named("Fix the sender’s profile")).click();
      page.getByRole(AriaRole.TEXTBOX, textbox("Profile (YAML)"))
          .fill("application: REG\nfacility: " + facility + "\nforce-charset: ISO-9999\n");
      page.getByRole(AriaRole.BUTTON, button("Try it")).click();
      assertThat(page.getByText("Line 3")).isVisible();
      look(page, "wrong-profile");
      page.getByRole(AriaRole.TEXTBOX, textbox("Profile (YAML)"))
          .fill("application: REG\nfacility: " + facility + "\nforce-charset: ISO-8859-1\n");
      page.getByRole(AriaRole.BUTTON, button("Try it")).click();
      assertThat(page.getByText("Tried on 1 message")).isVisible();
      look(page, "tried");
      page.getByRole(AriaRole.BUTTON, button("Save")).click();
      assertThat(page.getByText("Saved.").first()).isVisible();

      page.getByRole(AriaRole.LINK, named("Preview replay")).click();
      assertThat(page.getByText(Pattern.compile("elements? would change\\.")).first()).isVisible();
      look(page, "preview");
      assertThat(patients(mrn)).isEqualTo(0);
      page.getByRole(AriaRole.BUTTON, button("Replay now")).click();
      assertThat(page.getByText("Replayed and applied")).isVisible();
      look(page, "replayed");
      page.getByRole(AriaRole.LINK, named("See the message")).click();
      assertThat(page.getByText("Applied", new Page.GetByTextOptions().setExact(true)).first())
          .isVisible();
      look(page, "applied");
    }
    assertThat(hub.http().get("/fhir/Patient?identifier=" + mrn).text())
        .contains("K\u00f6rner", "J\u00fcrgen");
    assertThat(complaints).isEmpty();
  }

  private static int patients(String mrn) {
    Http http = hub.http();
    return http.get("/fhir/Patient?identifier=" + mrn).json().path("total").asInt();
  }

  /** With the authenticator app that the role demands. */
  static void signInForTheFirstTime(Page page, Person engineer) throws Exception {
    page.waitForURL("**/sign-in**");
    page.getByTestId("login").fill(engineer.login());
    page.getByTestId("password").fill(engineer.password());
    page.getByTestId("submit").click();
    String secret = page.getByTestId("secret").textContent().replace(" ", "");
    page.getByTestId("code")
        .fill(new DefaultCodeGenerator().generate(secret, Instant.now().getEpochSecond() / 30));
    page.getByTestId("submit").click();
    page.getByTestId("onward").click();
    page.waitForURL(hub.base() + "/");
  }

  /** Keeps what it looks like on a desktop and a phone, in light and dark. */
  private static void look(Page page, String name) {
    for (int width : new int[] {1440, 390}) {
      page.setViewportSize(width, width == 1440 ? 900 : 844);
      for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    SCREENS.resolve(
                        name
                            + (width == 390 ? "-phone" : "-desktop")
                            + "-"
                            + scheme.name().toLowerCase(Locale.ROOT)
                            + ".png")));
      }
    }
    page.setViewportSize(1440, 900);
  }

  private static Page.GetByRoleOptions heading(String name) {
    return new Page.GetByRoleOptions().setName(name).setLevel(1);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions textbox(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}

package dev.kiln.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at a page as everybody might: by day and by night, on a desk and on a phone. */
public final class Onlooker {

  private static final Path PICTURES = Path.of("target", "screenshots");

  private static final int SLOW = 120_000;

  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  public Onlooker(BrowserContext context) {
    page = context.newPage();
    // Machines that run many tests at once are slow.
    page.setDefaultTimeout(SLOW);
    page.setDefaultNavigationTimeout(SLOW);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")
              || message.text().contains("Content-Security-Policy")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  public Page page() {
    return page;
  }

  /**
   * No violation of WCAG 2.2 AA, nothing wider than the screen, nothing that the policy forbids.
   */
  public void look(String name) {
    boolean first = true;
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(scheme)
              .setReducedMotion(ReducedMotion.REDUCE));
      for (int width : List.of(1280, 390)) {
        page.setViewportSize(width, width == 390 ? 844 : 800);
        String view =
            name + (width == 390 ? "-phone" : "-desktop") + "-" + scheme.name().toLowerCase();
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(PICTURES.resolve(view + ".png")));
        assertThat(violations(first)).as(view).isEmpty();
        first = false;
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
            .as(view + " fits")
            .isEqualTo(true);
      }
    }
    assertThat(page.locator("h1").count()).as(name).isEqualTo(1);
    assertThat(complaints).as(name).isEmpty();
  }

  /**
   * @param all whether to apply all rules, or only those that depend on how the page looks
   */
  private List<String> violations(boolean all) {
    // There are no frames, for which the other mode would open a page each time.
    AxeBuilder axe = new AxeBuilder(page).setLegacyMode(true);
    axe =
        all
            ? axe.withTags(
                List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
            : axe.withRules(
                List.of(
                    "color-contrast",
                    "link-in-text-block",
                    "scrollable-region-focusable",
                    "target-size"));
    return axe.analyze().getViolations().stream()
        .map(found -> found.getId() + ": " + found.getNodes())
        .toList();
  }
}

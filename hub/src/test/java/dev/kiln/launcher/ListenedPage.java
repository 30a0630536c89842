package dev.kiln.launcher;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;

/** Pages of which each complaint of the browser's is kept, and which may be slow. */
final class ListenedPage {

  private static final int SLOW = 30_000;

  private ListenedPage() {}

  static Page of(BrowserContext context, List<String> complaints) {
    Page page = context.newPage();
    page.setDefaultTimeout(SLOW);
    page.setDefaultNavigationTimeout(SLOW);
    PlaywrightAssertions.setDefaultAssertionTimeout(SLOW);
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // The browser tells of each refusal that a test asks for.
          if (message.type().equals("error")
              && !message.text().contains("the server responded with a status of")) {
            complaints.add(message.text());
          }
        });
    return page;
  }
}

package dev.kiln.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.Chromium;
import dev.kiln.access.smart.Person;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.client.Clients;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An administrator opens an account and registers an app in a real browser, at the running hub. */
class UsersIT {

  /** Machines that run many tests at once are slow. */
  private final RunningHub hub = RunningHub.get();

  private final List<String> complaints = new ArrayList<>();

  @Test
  void opensAnAccountAndRegistersAnApp() throws Exception {
    assumeTrue(
        Chromium.program().isPresent(),
        "Chromium is not installed, so the apps are not tried. Install the package chromium.");
    String login = "browsed-" + UUID.randomUUID();
    try (Chromium chromium = new Chromium();
        BrowserContext context =
            chromium
                .browser()
                .newContext(
                    new Browser.NewContextOptions().setLocale("en-US").setBaseURL(hub.base()))) {
      Page page = ListenedPage.of(context, complaints);
      page.navigate("/");
      InterfacesIT.signInForTheFirstTime(page, Person.with("administrator", null));

      page.navigate("/apps/admin/users/new");
      field(page, "Name").fill("Ana Okafor");
      field(page, "Login name").fill(login);
      page.getByLabel("Auditor").check();
      button(page, "Open account").click();
      String password =
          page.getByRole(AriaRole.STATUS).locator(".mono").first().textContent().strip();
      AccountBook accounts = hub.bean(AccountBook.class);
      assertThat(accounts.check(login, password)).isPresent();

      page.getByText("See the user").click();
      assertThat(page.getByText("must choose a password")).isVisible();
      button(page, "Close the account").click();
      page.getByRole(AriaRole.DIALOG)
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
          .click();
      assertThat(page.getByText("This account is closed")).isVisible();
      assertThat(accounts.check(login, password)).isEmpty();

      page.navigate("/apps/admin/clients/new");
      field(page, "Name").fill(login);
      field(page, "Redirect addresses").fill("https://browsed.example.org/back");
      field(page, "Scopes").fill("openid client.manage");
      button(page, "Register").click();
      assertThat(page.getByText("The parameter \"scope\"")).isVisible();
      field(page, "Scopes").fill("openid patient/*.rs");
      button(page, "Register").click();
      assertThat(page.getByText(login + " is registered")).isVisible();
      assertThat(hub.bean(Clients.class).list())
          .anySatisfy(client -> assertThat(client.registration().name()).isEqualTo(login));
    }
    assertThat(complaints).isEmpty();
  }

  private static Locator field(Page page, String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}

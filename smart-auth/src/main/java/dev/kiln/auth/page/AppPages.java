package dev.kiln.auth.page;

import dev.kiln.auth.Account;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.consent.ConsentLine;
import dev.kiln.auth.consent.ConsentLines;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page on which somebody sees the apps that they have let in, and shows them out. */
@Controller
class AppPages {

  private final ConnectedApps apps;

  AppPages(ConnectedApps apps) {
    this.apps = apps;
  }

  /** An app, with what it may in words. */
  record Shown(
      String clientId,
      String name,
      Map<String, List<ConsentLine>> groups,
      Instant since,
      Instant lastUsed,
      boolean offline) {}

  @GetMapping("/account/apps")
  String apps(Account account, Model page) {
    page.addAttribute(
        "apps",
        apps.of(account).stream()
            .map(
                app ->
                    new Shown(
                        app.clientId(),
                        app.name(),
                        ConsentLines.of(app.scopes()),
                        app.since(),
                        app.lastUsed(),
                        app.offline()))
            .toList());
    return "auth/apps";
  }

  @PostMapping("/account/apps/revoke")
  String revoke(
      Account account, @RequestParam(name = "client") String client, RedirectAttributes next) {
    apps.revoke(account, client);
    next.addFlashAttribute("notice", "apps.revoked");
    return "redirect:/account/apps";
  }
}

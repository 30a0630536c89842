package dev.kiln.auth.page;

import dev.kiln.auth.Account;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.PasswordRules;
import dev.kiln.auth.secondfactor.SecondFactors;
import dev.kiln.auth.signin.Attempts;
import dev.kiln.auth.signin.Attempts.Target;
import dev.kiln.auth.signin.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Overview of an account, its password, and where it is signed in. */
@Controller
class AccountPages {

  private final AccountBook accounts;
  private final SecondFactors factors;
  private final Sessions sessions;
  private final ConnectedApps apps;
  private final Attempts attempts;

  AccountPages(
      AccountBook accounts,
      SecondFactors factors,
      Sessions sessions,
      ConnectedApps apps,
      Attempts attempts) {
    this.accounts = accounts;
    this.factors = factors;
    this.sessions = sessions;
    this.apps = apps;
    this.attempts = attempts;
  }

  @GetMapping("/account")
  String overview(Account account, HttpServletRequest request, Model page) {
    page.addAttribute("account", account);
    page.addAttribute("details", accounts.details(account.id()).orElseThrow());
    page.addAttribute("hasFactor", factors.has(account));
    page.addAttribute("codesLeft", factors.recoveryCodesLeft(account));
    page.addAttribute("sessionCount", sessions.of(account, request).size());
    return "auth/account";
  }

  @GetMapping("/account/password")
  String password(Account account, Model page) {
    page.addAttribute("shortest", PasswordRules.SHORTEST);
    return "auth/password";
  }

  @PostMapping("/account/password")
  String password(
      Account account,
      @RequestParam(name = "password", defaultValue = "") String current,
      @RequestParam(name = "new-password", defaultValue = "") String wanted,
      @RequestParam(name = "repeated-password", defaultValue = "") String repeated,
      HttpServletRequest request,
      Model page,
      RedirectAttributes next) {
    Optional<String> error =
        !isTheirs(account, current)
            ? Optional.of("password.wrong")
            : !wanted.equals(repeated)
                ? Optional.of("password.differs")
                : accounts.setPassword(account, wanted).map(fault -> "password." + fault);
    if (error.isPresent()) {
      page.addAttribute("error", error.get());
      return password(account, page);
    }
    // Whoever knew the former one may be signed in with it elsewhere.
    sessions.endOthers(account, request);
    next.addFlashAttribute("notice", "password.changed");
    return "redirect:/account";
  }

  @GetMapping("/account/sessions")
  String sessions(Account account, HttpServletRequest request, Model page) {
    page.addAttribute("sessions", sessions.of(account, request));
    return "auth/sessions";
  }

  @PostMapping("/account/sessions/end")
  String end(Account account, @RequestParam String key, RedirectAttributes next) {
    sessions.end(account, key);
    next.addFlashAttribute("notice", "sessions.ended");
    return "redirect:/account/sessions";
  }

  /**
   * Here too: that is what everywhere means, and it shows at once that it worked. Apps that were
   * let in for good stay; they have a page of their own.
   */
  @PostMapping("/account/sessions/end-all")
  String endAll(Account account, HttpServletRequest request) {
    sessions.endAll(account);
    apps.revokeOnline(account);
    request.getSession().invalidate();
    return "redirect:/sign-in?signed-out";
  }

  /** Counted like a password at sign-in, so that an open browser is no way to guess it. */
  private boolean isTheirs(Account account, String password) {
    Target target = Target.code(account.id());
    if (!attempts.begin(target) || !accounts.hasPassword(account, password)) {
      return false;
    }
    attempts.right(target);
    return true;
  }
}

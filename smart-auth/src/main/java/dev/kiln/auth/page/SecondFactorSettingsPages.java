package dev.kiln.auth.page;

import dev.kiln.auth.Account;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.Roles;
import dev.kiln.auth.secondfactor.SecondFactors;
import dev.kiln.auth.signin.Attempts;
import dev.kiln.auth.signin.Attempts.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pages on which a second factor is set up, replaced or removed. Each asks for the password
 * again: a browser that was left open must not be enough.
 */
@Controller
class SecondFactorSettingsPages {

  private static final String OVERVIEW = "/account/second-factor";
  private static final String SET_UP = OVERVIEW + "/set-up";
  private static final String PROVED = "dev.kiln.password-proved";
  private static final Duration PROOF_LASTS = Duration.ofMinutes(10);

  private final AccountBook accounts;
  private final Roles roles;
  private final SecondFactors factors;
  private final Attempts attempts;

  SecondFactorSettingsPages(
      AccountBook accounts, Roles roles, SecondFactors factors, Attempts attempts) {
    this.accounts = accounts;
    this.roles = roles;
    this.factors = factors;
    this.attempts = attempts;
  }

  @GetMapping(OVERVIEW)
  String overview(Account account, Model page) {
    page.addAttribute("hasFactor", factors.has(account));
    page.addAttribute("compulsory", roles.wantSecondFactor(account.roles()));
    page.addAttribute("codesLeft", factors.recoveryCodesLeft(account));
    return "auth/second-factor-settings";
  }

  /** One form; its buttons say what is wanted. */
  @PostMapping(OVERVIEW)
  String change(
      Account account,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String wanted,
      HttpServletRequest request,
      Model page,
      RedirectAttributes next) {
    Target target = Target.code(account.id());
    if (!attempts.begin(target) || !accounts.hasPassword(account, password)) {
      page.addAttribute("error", "password.wrong");
      return overview(account, page);
    }
    attempts.right(target);
    switch (wanted) {
      case "remove" -> {
        if (!roles.wantSecondFactor(account.roles())) {
          factors.remove(account);
          next.addFlashAttribute("notice", "second-factor.removed");
        }
        return "redirect:" + OVERVIEW;
      }
      case "codes" -> {
        if (!factors.has(account)) {
          return "redirect:" + OVERVIEW;
        }
        return codes(factors.renewRecoveryCodes(account), page);
      }
      default -> {
        request.getSession().setAttribute(PROVED, Instant.now());
        return "redirect:" + SET_UP;
      }
    }
  }

  @GetMapping(SET_UP)
  String setUp(Account account, HttpServletRequest request, Model page) {
    return hasProved(request) ? setUpPage(account, request, page) : "redirect:" + OVERVIEW;
  }

  @PostMapping(SET_UP)
  String confirm(
      Account account,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Model page) {
    if (!hasProved(request)) {
      return "redirect:" + OVERVIEW;
    }
    Optional<List<String>> codes = factors.confirm(account, code, request.getSession());
    if (codes.isEmpty()) {
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
      page.addAttribute("error", "second-factor.wrong");
      return setUpPage(account, request, page);
    }
    request.getSession().removeAttribute(PROVED);
    return codes(codes.get(), page);
  }

  private String setUpPage(Account account, HttpServletRequest request, Model page) {
    String login = accounts.details(account.id()).orElseThrow().login();
    page.addAttribute("enrolment", factors.enrolment(account, login, request.getSession()));
    page.addAttribute("action", SET_UP);
    page.addAttribute("compulsory", false);
    return "auth/set-up-second-factor";
  }

  private static String codes(List<String> codes, Model page) {
    page.addAttribute("codes", codes);
    page.addAttribute("onward", OVERVIEW);
    return "auth/recovery-codes";
  }

  private static boolean hasProved(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null
        && session.getAttribute(PROVED) instanceof Instant when
        && when.plus(PROOF_LASTS).isAfter(Instant.now());
  }
}

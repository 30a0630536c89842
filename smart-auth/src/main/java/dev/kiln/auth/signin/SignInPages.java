package dev.kiln.auth.signin;

import dev.kiln.auth.Account;
import dev.kiln.auth.AuthSettings;
import dev.kiln.auth.account.PasswordRules;
import dev.kiln.auth.account.PasswordRules.Fault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page that asks for name and password, and the one that asks for a new password. */
@Controller
class SignInPages {

  private final SignIn signIn;
  private final AuthSettings.Upstream upstream;

  SignInPages(SignIn signIn, AuthSettings settings) {
    this.signIn = signIn;
    this.upstream = settings.upstream();
  }

  @GetMapping("/sign-in")
  String page(
      Principal who,
      Model page,
      @RequestParam(name = "signed-out", required = false) String signedOut,
      @RequestParam(name = "password-changed", required = false) String passwordChanged,
      @RequestParam(name = "organisation", required = false) String organisation) {
    if (who != null) {
      return "redirect:/account";
    }
    if (signedOut != null) {
      page.addAttribute("notice", "sign-in.signed-out");
    } else if (passwordChanged != null) {
      page.addAttribute("notice", "sign-in.password-changed");
    } else if (organisation != null) {
      page.addAttribute(
          "error",
          organisation.equals("unknown")
              ? "sign-in.organisation-unknown"
              : "sign-in.organisation-failed");
    }
    return signInPage(page);
  }

  @PostMapping("/sign-in")
  String password(
      @RequestParam(defaultValue = "") String login,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model page) {
    SignIn.Outcome outcome = signIn.password(login, password, request, response);
    if (outcome == SignIn.Outcome.RIGHT) {
      return "redirect:" + signIn.next(request, response);
    }
    boolean tooMany = outcome == SignIn.Outcome.TOO_MANY;
    response.setStatus((tooMany ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.UNAUTHORIZED).value());
    if (tooMany) {
      response.setHeader("Retry-After", "60");
    }
    page.addAttribute("error", tooMany ? "sign-in.too-many" : "sign-in.wrong");
    page.addAttribute("login", login);
    return signInPage(page);
  }

  private String signInPage(Model page) {
    page.addAttribute("organisation", upstream.isThere() ? upstream.name() : null);
    return "auth/sign-in";
  }

  /** Goes on with whatever is still to be done. */
  @GetMapping("/sign-in/continue")
  String next(HttpServletRequest request, HttpServletResponse response, Principal who) {
    return "redirect:" + (who == null ? signIn.next(request, response) : "/account");
  }

  @GetMapping("/sign-in/password")
  String newPassword(HttpServletRequest request, HttpServletResponse response, Model page) {
    String next = signIn.next(request, response);
    return next.equals("/sign-in/password") ? newPasswordPage(page) : "redirect:" + next;
  }

  @PostMapping("/sign-in/password")
  String newPassword(
      @RequestParam(name = "new-password", defaultValue = "") String password,
      @RequestParam(name = "repeated-password", defaultValue = "") String repeated,
      HttpServletRequest request,
      HttpServletResponse response,
      Model page) {
    String next = signIn.next(request, response);
    if (!next.equals("/sign-in/password")) {
      return "redirect:" + next;
    }
    Account account = signIn.who(request).orElseThrow();
    if (!password.equals(repeated)) {
      page.addAttribute("error", "password.differs");
      return newPasswordPage(page);
    }
    Optional<Fault> fault = signIn.choosePassword(account, password, request);
    if (fault.isPresent()) {
      page.addAttribute("error", "password." + fault.get());
      return newPasswordPage(page);
    }
    return "redirect:" + signIn.next(request, response);
  }

  private static String newPasswordPage(Model page) {
    page.addAttribute("shortest", PasswordRules.SHORTEST);
    return "auth/new-password";
  }
}

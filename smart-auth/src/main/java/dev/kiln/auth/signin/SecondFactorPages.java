package dev.kiln.auth.signin;

import dev.kiln.auth.Account;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.secondfactor.SecondFactors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages that ask for the second factor, or for one to be set up, before somebody is in. */
@Controller
class SecondFactorPages {

  private static final String ASK = "/second-factor";
  private static final String SET_UP = "/second-factor/set-up";

  private final SignIn signIn;
  private final SecondFactors factors;
  private final AccountBook accounts;

  SecondFactorPages(SignIn signIn, SecondFactors factors, AccountBook accounts) {
    this.signIn = signIn;
    this.factors = factors;
    this.accounts = accounts;
  }

  @GetMapping(ASK)
  String ask(HttpServletRequest request, HttpServletResponse response) {
    String next = signIn.next(request, response);
    return next.equals(ASK) ? "auth/second-factor" : "redirect:" + next;
  }

  @PostMapping(ASK)
  String check(
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Model page) {
    String next = signIn.next(request, response);
    if (!next.equals(ASK)) {
      return "redirect:" + next;
    }
    if (!signIn.factor(signIn.who(request).orElseThrow(), code, request)) {
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
      page.addAttribute("error", "second-factor.wrong");
      return "auth/second-factor";
    }
    return "redirect:" + signIn.next(request, response);
  }

  @GetMapping(SET_UP)
  String setUp(HttpServletRequest request, HttpServletResponse response, Model page) {
    String next = signIn.next(request, response);
    return next.equals(SET_UP) ? setUpPage(request, page) : "redirect:" + next;
  }

  @PostMapping(SET_UP)
  String confirm(
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Model page) {
    String next = signIn.next(request, response);
    if (!next.equals(SET_UP)) {
      return "redirect:" + next;
    }
    Account account = signIn.who(request).orElseThrow();
    Optional<List<String>> codes = factors.confirm(account, code, request.getSession());
    if (codes.isEmpty()) {
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
      page.addAttribute("error", "second-factor.wrong");
      return setUpPage(request, page);
    }
    signIn.factorShown(request);
    page.addAttribute("codes", codes.get());
    page.addAttribute("onward", "/sign-in/continue");
    return "auth/recovery-codes";
  }

  private String setUpPage(HttpServletRequest request, Model page) {
    Account account = signIn.who(request).orElseThrow();
    String login = accounts.details(account.id()).orElseThrow().login();
    page.addAttribute("enrolment", factors.enrolment(account, login, request.getSession()));
    page.addAttribute("action", SET_UP);
    page.addAttribute("compulsory", true);
    return "auth/set-up-second-factor";
  }
}

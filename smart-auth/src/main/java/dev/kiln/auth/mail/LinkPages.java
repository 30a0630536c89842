package dev.kiln.auth.mail;

import dev.kiln.auth.account.LoginName;
import dev.kiln.auth.account.PasswordRules;
import dev.kiln.auth.account.PasswordRules.Fault;
import dev.kiln.auth.signin.Attempts;
import dev.kiln.auth.signin.Attempts.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The pages behind a link, and the one that asks for a link. To look at a page uses nothing up:
 * mail filters open links too.
 */
@Controller
class LinkPages {

  private final MailedLinks links;
  private final Attempts attempts;

  LinkPages(MailedLinks links, Attempts attempts) {
    this.links = links;
    this.attempts = attempts;
  }

  @GetMapping("/reset")
  String ask(Model page) {
    page.addAttribute("sent", false);
    page.addAttribute("possible", links.areSent());
    return "auth/forgotten";
  }

  /** The answer is the same whoever it is, and also where nothing is sent since too many asked. */
  @PostMapping("/reset")
  String send(
      @RequestParam(defaultValue = "") String login, HttpServletRequest request, Model page) {
    // Both are counted, whatever the other says.
    boolean mayAddress = attempts.begin(Target.address(request.getRemoteAddr()));
    boolean mayLink = attempts.begin(Target.link(LoginName.key(login)));
    if (mayAddress && mayLink && !login.isBlank()) {
      links.forgotten(login);
    }
    page.addAttribute("sent", true);
    page.addAttribute("possible", links.areSent());
    return "auth/forgotten";
  }

  @GetMapping("/invitation/{token}")
  String invitation(@PathVariable String token, HttpServletResponse response, Model page) {
    return page(Purpose.INVITATION, token, response, page);
  }

  @GetMapping("/reset/{token}")
  String reset(@PathVariable String token, HttpServletResponse response, Model page) {
    return page(Purpose.RESET, token, response, page);
  }

  @PostMapping("/invitation/{token}")
  String accept(
      @PathVariable String token,
      @RequestParam(name = "new-password", defaultValue = "") String password,
      @RequestParam(name = "repeated-password", defaultValue = "") String repeated,
      HttpServletResponse response,
      Model page) {
    return choose(Purpose.INVITATION, token, password, repeated, response, page);
  }

  @PostMapping("/reset/{token}")
  String reset(
      @PathVariable String token,
      @RequestParam(name = "new-password", defaultValue = "") String password,
      @RequestParam(name = "repeated-password", defaultValue = "") String repeated,
      HttpServletResponse response,
      Model page) {
    return choose(Purpose.RESET, token, password, repeated, response, page);
  }

  private String choose(
      Purpose purpose,
      String token,
      String password,
      String repeated,
      HttpServletResponse response,
      Model page) {
    if (!password.equals(repeated)) {
      page.addAttribute("error", "password.differs");
      return page(purpose, token, response, page);
    }
    try {
      Optional<Fault> fault = links.choose(purpose, token, password);
      if (fault.isEmpty()) {
        return "redirect:/sign-in?password-changed";
      }
      page.addAttribute("error", "password." + fault.get());
    } catch (IllegalArgumentException e) {
      // The page says so.
    }
    return page(purpose, token, response, page);
  }

  private String page(Purpose purpose, String token, HttpServletResponse response, Model page) {
    boolean works = links.account(purpose, token).isPresent();
    if (!works) {
      response.setStatus(HttpStatus.NOT_FOUND.value());
    }
    page.addAttribute("works", works);
    page.addAttribute("purpose", purpose.word());
    page.addAttribute("shortest", PasswordRules.SHORTEST);
    return "auth/link";
  }
}

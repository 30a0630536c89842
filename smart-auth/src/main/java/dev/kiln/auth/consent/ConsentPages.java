package dev.kiln.auth.consent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.auth.Account;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.PendingAuthorization;
import dev.kiln.auth.PendingAuthorizations;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/** The page on which somebody lets an app in, or not. */
@Controller
class ConsentPages {

  private final PendingAuthorizations pending;
  private final PatientDirectory patients;

  ConsentPages(PendingAuthorizations pending, PatientDirectory patients) {
    this.pending = pending;
    this.patients = patients;
  }

  @GetMapping("/consent")
  String page(
      Account account,
      @RequestParam(defaultValue = "") String state,
      Model page,
      HttpServletRequest browser,
      HttpServletResponse response)
      throws ServletException, IOException {
    PendingAuthorization request = request(state, account);
    if (request.wantsPatient() && request.patient() == null) {
      return "redirect:/choose-patient?state=" + UriUtils.encode(state, UTF_8);
    }
    if (request.isOwn()) {
      pass(request, Set.copyOf(request.scopes()), browser, response);
      return null;
    }
    page.addAttribute("app", request);
    page.addAttribute("groups", ConsentLines.of(request.scopes()));
    page.addAttribute("signsIn", request.scopes().contains("openid"));
    page.addAttribute("offline", request.scopes().contains("offline_access"));
    page.addAttribute(
        "patient",
        Optional.ofNullable(request.patient())
            .flatMap(id -> patients.entry(account, id))
            .orElse(null));
    return "auth/consent";
  }

  /**
   * Passes on what has been ticked, as if the browser had sent it to the authorization endpoint.
   * What has been narrowed replaces what was asked for first, since that endpoint takes only what
   * has been asked for.
   */
  @PostMapping("/consent")
  void decide(
      Account account,
      @RequestParam String state,
      @RequestParam(defaultValue = "deny") String decision,
      HttpServletRequest request,
      HttpServletResponse response)
      throws ServletException, IOException {
    PendingAuthorization app = request(state, account);
    Set<String> allowed =
        decision.equals("allow")
            ? allowed(app, values(request, "scope"), values(request, "part"))
            : Set.of();
    if (!app.scopes().containsAll(allowed)
        && !pending.narrow(state, account, List.copyOf(allowed))) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    pass(app, allowed, request, response);
  }

  private static void pass(
      PendingAuthorization app,
      Set<String> allowed,
      HttpServletRequest request,
      HttpServletResponse response)
      throws ServletException, IOException {
    Map<String, String[]> form =
        Map.of(
            "client_id", new String[] {app.clientId()},
            "state", new String[] {app.state()},
            "scope", allowed.toArray(String[]::new));
    request
        .getRequestDispatcher("/oauth2/authorize")
        .forward(new ForwardedForm(request, form), response);
  }

  /** Scopes have commas in them, by which Spring would split a parameter. */
  private static Set<String> values(HttpServletRequest request, String name) {
    String[] values = request.getParameterValues(name);
    return values == null ? Set.of() : new HashSet<>(List.of(values));
  }

  private static Set<String> allowed(
      PendingAuthorization app, Set<String> ticked, Set<String> parts) {
    Set<String> allowed = new LinkedHashSet<>();
    if (app.scopes().contains("openid")) {
      allowed.add("openid");
    }
    ConsentLines.of(app.scopes()).values().stream()
        .flatMap(List::stream)
        .filter(line -> ticked.contains(line.scope()))
        .forEach(
            line -> {
              List<String> chosen =
                  line.parts().stream()
                      .map(ConsentLine.Part::scope)
                      .filter(parts::contains)
                      .toList();
              allowed.addAll(chosen.isEmpty() ? List.of(line.scope()) : chosen);
            });
    return allowed;
  }

  private PendingAuthorization request(String state, Account account) {
    return Optional.of(state)
        .filter(given -> !given.isEmpty())
        .flatMap(given -> pending.of(given, account))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}

package dev.kiln.auth.consent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.auth.Account;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.PatientDirectory.Entry;
import dev.kiln.auth.PendingAuthorization;
import dev.kiln.auth.PendingAuthorizations;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/** The page on which somebody chooses the patient that an app is to be about. */
@Controller
class PatientPages {

  private static final int MOST = 20;

  private final PendingAuthorizations pending;
  private final PatientDirectory patients;

  PatientPages(PendingAuthorizations pending, PatientDirectory patients) {
    this.pending = pending;
    this.patients = patients;
  }

  /** A member of the staff types whom they look for; others see the few that they may choose. */
  @GetMapping("/choose-patient")
  String page(
      Account account,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(name = "q", defaultValue = "") String text,
      Model page) {
    PendingAuthorization app = request(state, account);
    boolean searches = account.fhirUser() == null || account.fhirUser().startsWith("Practitioner/");
    String wanted = text.strip();
    List<Entry> found =
        searches && wanted.isEmpty() ? List.of() : patients.find(account, wanted, MOST);
    if (!searches && wanted.isEmpty() && found.size() == 1) {
      return choose(account, state, found.get(0).id());
    }
    page.addAttribute("app", app);
    page.addAttribute("searches", searches);
    page.addAttribute("text", text);
    page.addAttribute("found", found);
    page.addAttribute("hasLooked", !searches || !wanted.isEmpty());
    page.addAttribute("isCut", found.size() >= MOST);
    return "auth/choose-patient";
  }

  @PostMapping("/choose-patient")
  String choose(Account account, @RequestParam String state, @RequestParam String patient) {
    if (!pending.choosePatient(state, account, patient)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return "redirect:/consent?state=" + UriUtils.encode(state, UTF_8);
  }

  private PendingAuthorization request(String state, Account account) {
    return Optional.of(state)
        .filter(given -> !given.isEmpty())
        .flatMap(given -> pending.of(given, account))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}

package dev.kiln.operator;

import dev.kiln.auth.Account;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.Invitations;
import dev.kiln.auth.account.NewAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What {@code ./kiln account} asks of the running hub. {@code POST /operator/accounts} opens one,
 * and invites whoever has an e-mail address to it where there is an SMTP server; {@code /reset} and
 * {@code /close} below it concern one that there is, whose login name is in the body, since
 * addresses are logged. Answers with {@code login} and, but for a closed one or an invitation,
 * {@code password}, which the person must change at the first sign-in; or with {@code error}: 400
 * where the account may not be so, 404 where there is none, 409 where the login name is taken.
 */
@RestController
class AccountRequest {

  private final AccountBook accounts;
  private final ConnectedApps apps;
  private final Invitations invitations;

  AccountRequest(AccountBook accounts, ConnectedApps apps, Invitations invitations) {
    this.accounts = accounts;
    this.apps = apps;
    this.invitations = invitations;
  }

  /**
   * @param login name to sign in with
   * @param name as shown to them
   * @param role one of roles.yaml, or several with commas between
   * @param email where invitations and links for a lost password go; null for none
   * @param fhirUser for example {@code Practitioner/1}; null for nobody in the store
   * @param password for an account of a demonstration, which is not to be changed; null for one of
   *     chance
   */
  record Wanted(
      String login, String name, String role, String email, String fhirUser, String password) {}

  @PostMapping("/operator/accounts")
  ResponseEntity<Map<String, String>> open(@RequestBody Wanted wanted) {
    if (wanted.login() == null || wanted.role() == null) {
      return refused(400, "An account wants a login name and a role.");
    }
    if (accounts.byLogin(wanted.login()).isPresent()) {
      return refused(409, "There is an account " + wanted.login() + " already.");
    }
    try {
      Account account =
          accounts.open(
              new NewAccount(
                  wanted.login(),
                  wanted.name(),
                  wanted.email(),
                  wanted.fhirUser(),
                  new TreeSet<>(List.of(wanted.role().split(","))),
                  null));
      String given = wanted.password();
      if (given == null && wanted.email() != null && invitations.areSent()) {
        invitations.invite(account);
        return ResponseEntity.ok(Map.of("login", wanted.login(), "invited", wanted.email()));
      }
      boolean isTaken = given != null && accounts.setPassword(account, given).isEmpty();
      return ResponseEntity.ok(
          Map.of(
              "login",
              wanted.login(),
              "password",
              isTaken ? given : accounts.setOneTimePassword(account)));
    } catch (IllegalArgumentException e) {
      return refused(400, e.getMessage());
    }
  }

  /**
   * @param login name that the account signs in with
   */
  record Whose(String login) {}

  @PostMapping("/operator/accounts/reset")
  ResponseEntity<Map<String, String>> reset(@RequestBody Whose whose) {
    return with(
        whose,
        account -> {
          String password = accounts.reset(account);
          apps.revokeAll(account);
          return Map.of("login", whose.login(), "password", password);
        });
  }

  @PostMapping("/operator/accounts/close")
  ResponseEntity<Map<String, String>> close(@RequestBody Whose whose) {
    return with(
        whose,
        account -> {
          accounts.close(account);
          return Map.of("login", whose.login());
        });
  }

  private ResponseEntity<Map<String, String>> with(
      Whose whose, Function<Account, Map<String, String>> change) {
    return Optional.ofNullable(whose.login())
        .flatMap(accounts::byLogin)
        .map(account -> ResponseEntity.ok(change.apply(account)))
        .orElseGet(() -> refused(404, "There is no account of that login name."));
  }

  private static ResponseEntity<Map<String, String>> refused(int status, String why) {
    return ResponseEntity.status(status).body(Map.of("error", why));
  }
}

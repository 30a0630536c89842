package dev.kiln.operator;

import dev.kiln.auth.Account;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.launch.Launches.Context;
import dev.kiln.auth.launch.OfferedApps;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Plays the record that opens an app (SMART App Launch 2.2, "EHR launch"): {@code POST
 * /operator/launches}. Answers with {@code address}, which the person opens within five minutes, or
 * with {@code error}: 400 where the context is not one, 404 where the app or the account is not
 * there, 409 where the app has no launch address.
 */
@RestController
class LaunchRequest {

  private final OfferedApps apps;
  private final AccountBook accounts;

  LaunchRequest(OfferedApps apps, AccountBook accounts) {
    this.apps = apps;
    this.accounts = accounts;
  }

  /**
   * @param client_id of the app
   * @param login of whoever opens it; nobody else can
   * @param patient bare id of the patient whose record is open; null where none is
   * @param encounter bare id of the visit; null where none is open
   */
  record Wanted(String client_id, String login, String patient, String encounter) {}

  @PostMapping("/operator/launches")
  ResponseEntity<Map<String, String>> open(@RequestBody Wanted wanted) {
    Optional<Account> account = Optional.ofNullable(wanted.login()).flatMap(accounts::byLogin);
    if (account.isEmpty()) {
      return refused(404, "There is no such account.");
    }
    try {
      return ResponseEntity.ok(
          Map.of(
              "address",
              apps.launch(
                  account.get(),
                  String.valueOf(wanted.client_id()),
                  Context.of(wanted.patient(), wanted.encounter()))));
    } catch (NoSuchElementException e) {
      return refused(404, e.getMessage());
    } catch (IllegalStateException e) {
      return refused(409, e.getMessage());
    } catch (IllegalArgumentException e) {
      return refused(400, e.getMessage());
    }
  }

  private static ResponseEntity<Map<String, String>> refused(int status, String why) {
    return ResponseEntity.status(status).body(Map.of("error", why));
  }
}

package dev.kiln.operator;

import dev.kiln.auth.Account;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.launch.Launches;
import dev.kiln.auth.launch.Launches.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

  private final Launches launches;
  private final Clients clients;
  private final AccountBook accounts;
  private final AuthAddresses addresses;

  LaunchRequest(Launches launches, Clients clients, AccountBook accounts, AuthAddresses addresses) {
    this.launches = launches;
    this.clients = clients;
    this.accounts = accounts;
    this.addresses = addresses;
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
    Optional<Clients.Client> app = Optional.ofNullable(wanted.client_id()).flatMap(clients::find);
    Optional<Account> account = Optional.ofNullable(wanted.login()).flatMap(accounts::byLogin);
    if (app.isEmpty() || account.isEmpty()) {
      return refused(404, app.isEmpty() ? "There is no such app." : "There is no such account.");
    }
    String launchUrl = app.get().registration().launchUrl();
    if (launchUrl == null) {
      return refused(409, "The app is registered without initiate_login_uri.");
    }
    try {
      String launch =
          launches.open(
              account.get(),
              app.get().clientId(),
              Context.of(wanted.patient(), wanted.encounter()));
      return ResponseEntity.ok(
          Map.of(
              "address",
              launchUrl
                  + (launchUrl.contains("?") ? "&" : "?")
                  + "iss="
                  + URLEncoder.encode(addresses.fhirBase(), StandardCharsets.UTF_8)
                  + "&launch="
                  + launch));
    } catch (IllegalArgumentException e) {
      return refused(400, e.getMessage());
    }
  }

  private static ResponseEntity<Map<String, String>> refused(int status, String why) {
    return ResponseEntity.status(status).body(Map.of("error", why));
  }
}

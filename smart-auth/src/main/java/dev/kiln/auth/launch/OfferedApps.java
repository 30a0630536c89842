package dev.kiln.auth.launch;

import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Client;
import dev.kiln.auth.launch.Launches.Context;
import dev.kiln.auth.scope.Scopes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/** The apps that may be opened out of a record, and for whom they are of use. */
public final class OfferedApps {

  private final Clients clients;
  private final Accounts accounts;
  private final Launches launches;
  private final AuthAddresses addresses;

  OfferedApps(Clients clients, Accounts accounts, Launches launches, AuthAddresses addresses) {
    this.clients = clients;
    this.accounts = accounts;
    this.launches = launches;
    this.addresses = addresses;
  }

  /**
   * In the order of their names: those that have an address to be opened at, and would be granted
   * more by this account than who it is.
   */
  public List<Client> to(Account account) {
    return clients.list().stream()
        .filter(Client::isEnabled)
        .filter(client -> client.registration().launchUrl() != null)
        .filter(client -> isOfUse(client, account))
        .toList();
  }

  private boolean isOfUse(Client client, Account account) {
    Set<String> granted = Scopes.within(client.registration().scopes(), accounts.ceiling(account));
    return !Scopes.resources(granted).isEmpty() || !Scopes.rights(granted).isEmpty();
  }

  /** Whether it is opened for one patient. */
  public static boolean wantsPatient(Client client) {
    return Scopes.needPatient(client.registration().scopes());
  }

  /**
   * Prepares a launch.
   *
   * @param account who opens the app
   * @param context what the record shows
   * @return the address that the browser opens, good once and for some minutes
   * @throws NoSuchElementException where there is no such app
   * @throws IllegalStateException where it has no address to be opened at
   * @throws IllegalArgumentException where the context is not one
   */
  public String launch(Account account, String clientId, Context context) {
    Client client =
        clients
            .find(clientId)
            .filter(Client::isEnabled)
            .orElseThrow(() -> new NoSuchElementException("There is no such app."));
    String page = client.registration().launchUrl();
    if (page == null) {
      throw new IllegalStateException("The app is registered without initiate_login_uri.");
    }
    return page
        + (page.contains("?") ? "&" : "?")
        + "iss="
        + URLEncoder.encode(addresses.fhirBase(), StandardCharsets.UTF_8)
        + "&launch="
        + launches.open(account, clientId, context);
  }
}

package dev.kiln.auth.client;

import dev.kiln.auth.Accounts.Ceiling;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.client.Clients.Registration;
import dev.kiln.auth.scope.Scopes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Registers the server's own apps at each start, at the address that it has now. Which they are is
 * decided here and not in the table, so that no entry there can make a foreign app one of them.
 */
public final class OwnApps implements SmartInitializingSingleton {

  private final Clients clients;
  private final AuthAddresses addresses;
  private final List<OwnApp> apps;
  private final Set<String> ids;

  OwnApps(Clients clients, AuthAddresses addresses, List<OwnApp> apps) {
    this.clients = clients;
    this.addresses = addresses;
    this.apps = List.copyOf(apps);
    this.ids = apps.stream().map(OwnApp::clientId).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void afterSingletonsInstantiated() {
    for (OwnApp app : apps) {
      String page = addresses.issuer() + app.path();
      Registration registration =
          Registration.app(app.name(), Kind.PUBLIC, List.of(page), app.scopes());
      clients.register(
          app.clientId(), app.isLaunched() ? registration.withLaunchUrl(page) : registration);
    }
  }

  public boolean contains(String clientId) {
    return ids.contains(clientId);
  }

  /** What an app may do at most for somebody who may do that. */
  public Ceiling ceiling(String clientId, Ceiling person) {
    return contains(clientId)
        ? person
        : new Ceiling(
            person.resources(),
            person.rights().stream()
                .filter(right -> !Scopes.isOfOwnApps(right))
                .collect(Collectors.toUnmodifiableSet()));
  }
}

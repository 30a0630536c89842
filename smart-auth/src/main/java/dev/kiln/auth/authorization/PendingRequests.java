package dev.kiln.auth.authorization;

import dev.kiln.auth.Account;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.PendingAuthorization;
import dev.kiln.auth.PendingAuthorizations;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Client;
import dev.kiln.auth.client.OwnApps;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.scope.Scopes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the pages may see and change of a request. A page that names a state of somebody else's
 * request finds nothing.
 */
final class PendingRequests implements PendingAuthorizations {

  private final AuthDatabase database;
  private final AuthorizationTable table;
  private final Clients clients;
  private final PatientDirectory patients;
  private final OwnApps ownApps;

  PendingRequests(
      AuthDatabase database,
      AuthorizationTable table,
      Clients clients,
      PatientDirectory patients,
      OwnApps ownApps) {
    this.database = database;
    this.table = table;
    this.clients = clients;
    this.patients = patients;
    this.ownApps = ownApps;
  }

  @Override
  public Optional<PendingAuthorization> of(String state, Account who) {
    return pending(state, who)
        .flatMap(
            request ->
                clients
                    .find(request.clientId())
                    .filter(Client::isEnabled)
                    .map(client -> shown(state, request, client)));
  }

  private PendingAuthorization shown(String state, AppAuthorization request, Client client) {
    return new PendingAuthorization(
        state,
        client.clientId(),
        client.registration().name(),
        List.copyOf(request.requested()),
        request.wantsPatient(),
        request.patient(),
        request.isStandalone(),
        ownApps.contains(client.clientId()));
  }

  /** The record that an app was opened from decides whose it is; nobody changes that here. */
  @Override
  public boolean choosePatient(String state, Account who, String patientId) {
    return changed(
        state,
        who,
        request -> {
          boolean isFixed = !request.isStandalone() && request.patient() != null;
          if (!request.wantsPatient() || isFixed || patients.entry(who, patientId).isEmpty()) {
            return false;
          }
          Map<String, Object> context = new LinkedHashMap<>(request.context());
          context.put("patient", patientId);
          context.put("need_patient_banner", true);
          table.context(request.id(), context);
          return true;
        });
  }

  /**
   * The library lets a person drop scopes but not narrow them; so the request itself is changed.
   */
  @Override
  public boolean narrow(String state, Account who, List<String> scopes) {
    return changed(
        state,
        who,
        request -> {
          Set<String> narrowed = new LinkedHashSet<>(scopes);
          boolean isWellFormed =
              narrowed.stream().allMatch(scope -> Scopes.split(scope).size() == 1);
          if (!isWellFormed || !Scopes.areCovered(narrowed, request.requested())) {
            return false;
          }
          table.request(request.id(), narrowed);
          return true;
        });
  }

  private boolean changed(String state, Account who, Predicate<AppAuthorization> change) {
    return Boolean.TRUE.equals(
        database
            .transactions()
            .execute(transaction -> pending(state, who).filter(change).isPresent()));
  }

  private Optional<AppAuthorization> pending(String state, Account who) {
    return table.byState(state).filter(request -> request.account().equals(who.id()));
  }
}

package dev.kiln.role;

import dev.kiln.access.BearerTokens;
import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.AccessTokens.Grant;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.SmartScope;
import dev.kiln.fhir.access.Caller;
import dev.kiln.fhir.access.Permission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token of the authorization server means to the FHIR server; neither knows the other. */
final class GrantedCaller implements BearerTokens {

  private final AccessTokens tokens;
  private final Accounts accounts;
  private final PatientDirectory patients;

  GrantedCaller(AccessTokens tokens, Accounts accounts, PatientDirectory patients) {
    this.tokens = tokens;
    this.accounts = accounts;
    this.patients = patients;
  }

  @Override
  public Optional<Caller> caller(String token) {
    return tokens.grant(token).filter(this::isStillTheirs).map(GrantedCaller::of);
  }

  /**
   * Whoever stands for a patient does so until the relation ends, and not until the token does. Of
   * members of the staff the scopes say all, and they are asked of the roles at each use.
   */
  private boolean isStillTheirs(Grant grant) {
    String patient = grant.context().get("patient");
    if (patient == null
        || grant.fhirUser() == null
        || !isProxy(grant.fhirUser())
        || grant.fhirUser().equals("Patient/" + patient)) {
      return true;
    }
    return accounts
        .byId(grant.subject())
        .filter(account -> patients.entry(account, patient).isPresent())
        .isPresent();
  }

  static Caller of(Grant grant) {
    return new Caller(
        grant.clientId(),
        grant.subject(),
        grant.fhirUser(),
        grant.scopes().stream().map(GrantedCaller::permission).collect(Collectors.toSet()),
        grant.rights(),
        grant.context().get("patient"),
        grant.subject().equals(grant.clientId()));
  }

  /** A patient may stand for another one. */
  private static boolean isProxy(String fhirUser) {
    return !fhirUser.startsWith("Practitioner/");
  }

  private static Permission permission(SmartScope scope) {
    Set<Permission.Interaction> interactions = EnumSet.noneOf(Permission.Interaction.class);
    scope
        .interactions()
        .forEach(one -> interactions.add(Permission.Interaction.valueOf(one.name())));
    return new Permission(
        Permission.Level.valueOf(scope.level().name()), scope.type(), interactions, scope.query());
  }
}

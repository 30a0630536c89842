package dev.kiln.role;

import dev.kiln.auth.AccessTokens.Grant;
import dev.kiln.auth.SmartScope;
import dev.kiln.fhir.access.Caller;
import dev.kiln.fhir.access.Permission;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token of the authorization server means to the FHIR server; neither knows the other. */
final class GrantedCaller {

  private GrantedCaller() {}

  static Caller of(Grant grant) {
    return new Caller(
        grant.clientId(),
        grant.subject(),
        grant.fhirUser(),
        grant.scopes().stream().map(GrantedCaller::permission).collect(Collectors.toSet()),
        grant.context().get("patient"),
        grant.subject().equals(grant.clientId()));
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

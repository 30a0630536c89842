package dev.kiln.people;

import dev.kiln.access.OperatorClient;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.Invitations;
import dev.kiln.auth.account.Roles;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.OwnApps;
import dev.kiln.auth.directory.AccountDirectory;
import dev.kiln.fhir.FhirOperations;
import dev.kiln.fhir.FhirOperations.Guard;
import dev.kiln.fhir.audit.AuditTrail;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The operations on accounts and clients. A service that may write everything may not call them,
 * since it would give itself what it has not got; the operator has the command line.
 */
@Configuration(proxyBeanMethods = false)
public class PeopleConfiguration {

  @Bean
  FhirOperations accountOperations(
      AccountBook accounts,
      AccountDirectory directory,
      Roles roles,
      Invitations invitations,
      AuditTrail audit) {
    return new FhirOperations(
        new AccountOperations(accounts, directory, roles, invitations, audit),
        guarded(
            AccountDirectory.MANAGE,
            "$accounts",
            "$account-open",
            "$account-roles",
            "$account-close"));
  }

  @Bean
  FhirOperations signInOperations(
      AccountDirectory directory, Invitations invitations, AuditTrail audit) {
    return new FhirOperations(
        new SignInOperations(directory, invitations, audit),
        guarded(
            AccountDirectory.MANAGE,
            "$account-reset",
            "$account-second-factor-remove",
            "$account-unlock",
            "$account-sign-out"));
  }

  @Bean
  FhirOperations clientOperations(
      Clients clients, OwnApps ownApps, OperatorClient operator, AuditTrail audit) {
    return new FhirOperations(
        new ClientOperations(clients, ownApps, operator, audit),
        guarded(
            "client.manage",
            "$clients",
            "$client-register",
            "$client-disable",
            "$client-enable",
            "$client-secret",
            "$client-remove"));
  }

  private static Map<String, Guard> guarded(String right, String... operations) {
    return Stream.of(operations)
        .collect(Collectors.toMap(name -> name, name -> Guard.personal(right)));
  }
}

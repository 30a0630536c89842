package dev.kiln.people;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.kiln.auth.Account;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.Invitations;
import dev.kiln.auth.account.NewAccount;
import dev.kiln.auth.account.Role;
import dev.kiln.auth.account.Roles;
import dev.kiln.auth.directory.AccountDirectory;
import dev.kiln.auth.directory.AccountDirectory.Page;
import dev.kiln.auth.directory.AccountDirectory.Search;
import dev.kiln.auth.directory.Entry;
import dev.kiln.auth.directory.Entry.State;
import dev.kiln.fhir.ParametersPart;
import dev.kiln.fhir.audit.AuditTrail;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code $accounts} finds accounts, {@code $account-open}, {@code $account-roles} and {@code
 * $account-close} open, change and close them; docs/people.md has the shapes.
 */
public final class AccountOperations {

  private static final Map<String, String> PARAMETERS =
      Map.of("fhirUser", "fhir-user", "roles", "role");

  private final AccountBook accounts;
  private final AccountDirectory directory;
  private final Roles roles;
  private final Invitations invitations;
  private final AuditTrail audit;

  AccountOperations(
      AccountBook accounts,
      AccountDirectory directory,
      Roles roles,
      Invitations invitations,
      AuditTrail audit) {
    this.accounts = accounts;
    this.directory = directory;
    this.roles = roles;
    this.invitations = invitations;
    this.audit = audit;
  }

  /** With what an account can be, so that whoever opens one can choose. */
  @Operation(name = "$accounts", idempotent = true)
  public Parameters find(
      RequestDetails request,
      @OperationParam(name = "id", max = 1) StringType id,
      @OperationParam(name = "name", max = 1) StringType name,
      @OperationParam(name = "role", max = 1) StringType role,
      @OperationParam(name = "state", max = 1) StringType state,
      @OperationParam(name = "_count", max = 1) IntegerType count,
      @OperationParam(name = "after", max = 1) StringType after) {
    Parameters answer = new Parameters();
    String caller = Given.caller(request);
    if (Given.text(id) != null) {
      directory
          .byId(Given.uuid("id", id))
          .ifPresent(entry -> AccountParts.tell(answer, entry, caller));
    } else {
      Page page =
          directory.find(
              new Search(Given.text(name), role(role), states(Given.text(state))),
              Given.text(after) == null ? null : Given.uuid("after", after),
              Given.count(count));
      page.entries().forEach(entry -> AccountParts.tell(answer, entry, caller));
      if (page.next() != null) {
        answer.addParameter("next", page.next());
      }
    }
    roles.all().forEach(one -> tell(ParametersPart.of(answer, "role"), one));
    answer.addParameter("invites", invitations.areSent());
    return answer;
  }

  private static void tell(ParametersPart part, Role role) {
    part.code("name", role.name());
    new TreeSet<>(role.people()).forEach(type -> part.code("people", type));
    part.flag("second-factor", role.secondFactor());
  }

  private String role(StringType given) {
    String role = Given.text(given);
    if (role != null && roles.all().stream().noneMatch(known -> known.name().equals(role))) {
      throw Given.wrong("role", "There is no role of that name.");
    }
    return role;
  }

  /** Closed accounts are seldom looked for. */
  private static Set<State> states(String given) {
    if (given == null) {
      return EnumSet.complementOf(EnumSet.of(State.CLOSED));
    }
    return Arrays.stream(State.values())
        .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(given))
        .findFirst()
        .map(Set::of)
        .orElseThrow(
            () -> Given.wrong("state", "It is one of active, invited, locked and closed."));
  }

  /** Whoever has an e-mail address is invited, where there is an SMTP server. */
  @Operation(name = "$account-open")
  public Parameters open(
      RequestDetails request,
      @OperationParam(name = "login", min = 1, max = 1) StringType login,
      @OperationParam(name = "name", min = 1, max = 1) StringType name,
      @OperationParam(name = "role", min = 1) List<StringType> role,
      @OperationParam(name = "email", max = 1) StringType email,
      @OperationParam(name = "fhir-user", max = 1) StringType fhirUser) {
    NewAccount wanted =
        new NewAccount(
            Given.required("login", login),
            Given.required("name", name),
            Given.text(email),
            Given.text(fhirUser),
            Set.copyOf(Given.texts(role)),
            null);
    try {
      accounts.check(wanted);
      if (accounts.isGiven(wanted.login())) {
        throw new ResourceVersionConflictException(
            "The parameter \"login\": That login name has been given already, and that of a closed"
                + " account is not given again.");
      }
      UUID id = UUID.randomUUID();
      note(request, "$account-open", id.toString(), wanted.roles());
      Account account =
          Given.unlessConflict(() -> directory.open(Given.caller(request), id, wanted));
      return opened(request, account, wanted.email());
    } catch (NewAccount.Wrong e) {
      throw wrong(e);
    }
  }

  private Parameters opened(RequestDetails request, Account account, String email) {
    String caller = Given.caller(request);
    if (email != null && invitations.areSent()) {
      invitations.invite(account);
      return AccountParts.mailed(directory, caller, account.id(), email);
    }
    String password = accounts.setOneTimePassword(account);
    return AccountParts.withPassword(directory, caller, account.id(), password);
  }

  @Operation(name = "$account-roles")
  public Parameters roles(
      RequestDetails request,
      @OperationParam(name = "id", min = 1, max = 1) StringType id,
      @OperationParam(name = "role", min = 1) List<StringType> role) {
    Entry entry = AccountParts.open(directory, id);
    Set<String> wanted = Set.copyOf(Given.texts(role));
    String caller = Given.caller(request);
    try {
      return Given.unlessConflict(
          () -> {
            directory.checkRoles(caller, entry, wanted);
            note(request, "$account-roles", entry.account().id(), wanted);
            directory.changeRoles(caller, entry, wanted);
            return AccountParts.now(directory, caller, entry.account().id());
          });
    } catch (NewAccount.Wrong e) {
      throw wrong(e);
    }
  }

  @Operation(name = "$account-close")
  public Parameters close(
      RequestDetails request, @OperationParam(name = "id", min = 1, max = 1) StringType id) {
    Entry entry = AccountParts.open(directory, id);
    String caller = Given.caller(request);
    return Given.unlessConflict(
        () -> {
          directory.refuseOneself(caller, entry);
          note(request, "$account-close", entry.account().id(), Set.of());
          directory.close(caller, entry);
          return AccountParts.now(directory, caller, entry.account().id());
        });
  }

  private void note(RequestDetails request, String operation, String id, Set<String> roles) {
    audit.note(
        request,
        operation,
        true,
        null,
        List.of(id),
        roles.isEmpty()
            ? Map.of()
            : Map.of("roles", roles.stream().sorted().collect(Collectors.joining(" "))));
  }

  private static InvalidRequestException wrong(NewAccount.Wrong e) {
    return Given.wrong(
        PARAMETERS.getOrDefault(e.component(), e.component()), String.valueOf(e.getMessage()));
  }
}

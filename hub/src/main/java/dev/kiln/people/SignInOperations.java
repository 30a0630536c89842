package dev.kiln.people;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import dev.kiln.auth.account.Invitations;
import dev.kiln.auth.directory.AccountDirectory;
import dev.kiln.auth.directory.Entry;
import dev.kiln.auth.directory.Entry.State;
import dev.kiln.fhir.audit.AuditTrail;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * What helps those who cannot sign in, and ends what others do in their name: {@code
 * $account-reset}, {@code $account-second-factor-remove}, {@code $account-unlock} and {@code
 * $account-sign-out}; docs/people.md has the shapes.
 */
public final class SignInOperations {

  private final AccountDirectory directory;
  private final Invitations invitations;
  private final AuditTrail audit;

  SignInOperations(AccountDirectory directory, Invitations invitations, AuditTrail audit) {
    this.directory = directory;
    this.invitations = invitations;
    this.audit = audit;
  }

  /**
   * @param mail whether a link is sent instead of a password being told
   */
  @Operation(name = "$account-reset")
  public Parameters reset(
      RequestDetails request,
      @OperationParam(name = "id", min = 1, max = 1) StringType id,
      @OperationParam(name = "mail", max = 1) BooleanType mail) {
    Entry entry = AccountParts.open(directory, id);
    String caller = Given.caller(request);
    boolean isMailed = mail != null && mail.booleanValue();
    if (isMailed && (entry.email() == null || !invitations.areSent())) {
      throw Given.wrong(
          "mail", "The account has no e-mail address, or there is no SMTP server to send by.");
    }
    if (isMailed && entry.state() == State.INVITED) {
      return invited(request, entry);
    }
    return Given.unlessConflict(
        () -> {
          directory.refuseOneself(caller, entry);
          note(request, "$account-reset", entry);
          String account = entry.account().id();
          String password = directory.replacePassword(caller, entry);
          if (isMailed) {
            invitations.sendReset(entry.account());
            return AccountParts.mailed(directory, caller, account, entry.email());
          }
          return AccountParts.withPassword(directory, caller, account, password);
        });
  }

  /** There is no password to replace yet; the invitation may have been lost, or be too old. */
  private Parameters invited(RequestDetails request, Entry entry) {
    note(request, "$account-reset", entry);
    invitations.invite(entry.account());
    return AccountParts.mailed(
        directory, Given.caller(request), entry.account().id(), entry.email());
  }

  @Operation(name = "$account-second-factor-remove")
  public Parameters removeSecondFactor(
      RequestDetails request, @OperationParam(name = "id", min = 1, max = 1) StringType id) {
    Entry entry = AccountParts.open(directory, id);
    String caller = Given.caller(request);
    return Given.unlessConflict(
        () -> {
          directory.refuseOneself(caller, entry);
          note(request, "$account-second-factor-remove", entry);
          directory.removeSecondFactor(caller, entry);
          return AccountParts.now(directory, caller, entry.account().id());
        });
  }

  @Operation(name = "$account-unlock")
  public Parameters unlock(
      RequestDetails request, @OperationParam(name = "id", min = 1, max = 1) StringType id) {
    Entry entry = AccountParts.open(directory, id);
    note(request, "$account-unlock", entry);
    directory.unlock(entry);
    return AccountParts.now(directory, Given.caller(request), entry.account().id());
  }

  @Operation(name = "$account-sign-out")
  public Parameters signOut(
      RequestDetails request, @OperationParam(name = "id", min = 1, max = 1) StringType id) {
    Entry entry = AccountParts.open(directory, id);
    note(request, "$account-sign-out", entry);
    directory.signOut(entry);
    return AccountParts.now(directory, Given.caller(request), entry.account().id());
  }

  private void note(RequestDetails request, String operation, Entry entry) {
    audit.note(request, operation, true, null, List.of(entry.account().id()));
  }
}

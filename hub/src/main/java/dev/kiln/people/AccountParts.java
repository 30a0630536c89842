package dev.kiln.people;

import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.kiln.auth.directory.AccountDirectory;
import dev.kiln.auth.directory.Entry;
import dev.kiln.auth.directory.Entry.State;
import dev.kiln.fhir.ParametersPart;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/** Accounts as the operations take and tell them. */
final class AccountParts {

  private AccountParts() {}

  /** One that can still be changed. */
  static Entry open(AccountDirectory directory, StringType id) {
    Entry entry =
        directory
            .byId(Given.uuid("id", id))
            .orElseThrow(
                () ->
                    new ResourceNotFoundException(
                        "The parameter \"id\": There is no account of that id."));
    if (entry.state() == State.CLOSED) {
      throw new ResourceGoneException("The parameter \"id\": That account has been closed.");
    }
    return entry;
  }

  /** An answer with the account as it is now. */
  static Parameters now(AccountDirectory directory, String caller, String id) {
    Parameters answer = new Parameters();
    directory.byId(UUID.fromString(id)).ifPresent(entry -> tell(answer, entry, caller));
    return answer;
  }

  /** The same, and the address to which a letter has gone. */
  static Parameters mailed(AccountDirectory directory, String caller, String id, String email) {
    Parameters answer = now(directory, caller, id);
    answer.addParameter("mailed", email);
    return answer;
  }

  /** The same, and the password, which is told this once. */
  static Parameters withPassword(
      AccountDirectory directory, String caller, String id, String password) {
    Parameters answer = now(directory, caller, id);
    answer.addParameter("password", password);
    return answer;
  }

  /**
   * @param caller id of the account that asks
   */
  static void tell(Parameters answer, Entry entry, String caller) {
    ParametersPart part =
        ParametersPart.of(answer, "account")
            .text("id", entry.account().id())
            .text("login", entry.login())
            .text("name", entry.account().name());
    new TreeSet<>(entry.account().roles()).forEach(role -> part.code("role", role));
    part.text("email", entry.email())
        .text("fhir-user", entry.account().fhirUser())
        .code("state", entry.state().name().toLowerCase(Locale.ROOT))
        .flag("must-change-password", entry.mustChangePassword())
        .flag("second-factor", entry.hasSecondFactor())
        .instant("created", entry.created())
        .instant("last-sign-in", entry.lastSignIn())
        .instant("closed", entry.closed())
        .flag("self", entry.account().id().equals(caller));
  }
}

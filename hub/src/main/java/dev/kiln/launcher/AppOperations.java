package dev.kiln.launcher;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.client.Clients.Client;
import dev.kiln.auth.launch.Launches.Context;
import dev.kiln.auth.launch.OfferedApps;
import dev.kiln.fhir.access.Caller;
import java.util.List;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;

/**
 * {@code $apps} tells a person which apps are of use to them, {@code $launch} opens one as out of a
 * record (SMART App Launch 2.2, "EHR launch"). docs/smart.md has the shapes.
 */
public final class AppOperations {

  private final OfferedApps apps;
  private final Accounts accounts;
  private final PatientDirectory patients;

  AppOperations(OfferedApps apps, Accounts accounts, PatientDirectory patients) {
    this.apps = apps;
    this.accounts = accounts;
    this.patients = patients;
  }

  @Operation(name = "$apps", idempotent = true)
  public Parameters apps(RequestDetails request) {
    Account account = account(request);
    Parameters answer = new Parameters();
    ParametersParameterComponent person = answer.addParameter().setName("account");
    person.addPart().setName("name").setValue(new StringType(account.name()));
    new TreeSet<>(account.roles())
        .forEach(role -> person.addPart().setName("role").setValue(new StringType(role)));
    for (Client client : apps.to(account)) {
      ParametersParameterComponent app = answer.addParameter().setName("app");
      app.addPart().setName("id").setValue(new StringType(client.clientId()));
      app.addPart().setName("name").setValue(new StringType(client.registration().name()));
      app.addPart().setName("url").setValue(new UriType(client.registration().launchUrl()));
      app.addPart().setName("patient").setValue(new BooleanType(OfferedApps.wantsPatient(client)));
    }
    return answer;
  }

  /**
   * @param app its {@code client_id}
   * @param patient bare id of the patient whose record is open; one whose chart the person may open
   */
  @Operation(name = "$launch")
  public Parameters launch(
      RequestDetails request,
      @OperationParam(name = "app", min = 1, max = 1) StringType app,
      @OperationParam(name = "patient", max = 1) StringType patient) {
    Account account = account(request);
    List<Client> offered = apps.to(account);
    String wanted = value(app);
    if (offered.stream().noneMatch(client -> client.clientId().equals(wanted))) {
      throw new ResourceNotFoundException("There is no such app for this account");
    }
    String chart = value(patient);
    if (chart != null && patients.entry(account, chart).isEmpty()) {
      throw new ResourceNotFoundException("There is no such patient for this account");
    }
    try {
      Parameters answer = new Parameters();
      answer
          .addParameter()
          .setName("url")
          .setValue(new UriType(apps.launch(account, wanted, Context.of(chart, null))));
      return answer;
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage());
    }
  }

  /** A service acts for nobody, and has no apps. */
  private Account account(RequestDetails request) {
    return Caller.of(request)
        .flatMap(caller -> accounts.byId(caller.subject()))
        .orElseThrow(() -> new ResourceNotFoundException("This token is not of an account"));
  }

  private static String value(StringType given) {
    return given == null ? null : given.getValue();
  }
}

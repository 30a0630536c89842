package dev.kiln.fhir.audit;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import dev.kiln.fhir.access.Caller;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Writes one AuditEvent (https://hl7.org/fhir/R4/auditevent.html) for what somebody does by one of
 * Kiln's own operations. It is written before the deed, in a transaction of its own: what cannot be
 * noted is not done.
 */
public final class AuditTrail {

  private final DaoRegistry daos;

  AuditTrail(DaoRegistry daos) {
    this.daos = daos;
  }

  /**
   * @param request on whose behalf
   * @param operation for example {@code $replay}
   * @param changes whether it does more than show
   * @param reason that the person gave; null where none was asked for
   * @param objects ids of what it is done to, in their own words; nothing personal
   */
  public void note(
      RequestDetails request,
      String operation,
      boolean changes,
      String reason,
      List<String> objects) {
    note(request, operation, changes, reason, objects, Map.of());
  }

  /**
   * The same, with more to tell of what is done.
   *
   * @param details for example the roles that an account is given; nothing personal, and no secret
   */
  public void note(
      RequestDetails request,
      String operation,
      boolean changes,
      String reason,
      List<String> objects,
      Map<String, String> details) {
    Caller caller = Caller.of(request).orElseThrow();
    AuditEvent event = new AuditEvent();
    event.setType(
        new Coding(
            "http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "RESTful Operation"));
    event.addSubtype(
        new Coding("http://hl7.org/fhir/restful-interaction", "operation", "operation"));
    event.setAction(changes ? AuditEventAction.E : AuditEventAction.R);
    event.setRecorded(new Date());
    event.setOutcome(AuditEventOutcome._0);
    if (reason != null) {
      event.addPurposeOfEvent(new CodeableConcept().setText(reason));
    }
    AuditEventAgentComponent person = event.addAgent().setRequestor(true);
    person.setAltId(caller.subject());
    if (caller.fhirUser() != null) {
      person.setWho(new Reference(caller.fhirUser()));
    }
    if (!caller.isSystem()) {
      event.addAgent().setRequestor(false).setAltId(caller.clientId());
    }
    event.getSource().setObserver(new Reference().setDisplay("Kiln"));
    AuditEventEntityComponent deed = event.addEntity().setName(operation);
    details.forEach(
        (name, value) -> deed.addDetail().setType(name).setValue(new StringType(value)));
    objects.forEach(object -> event.addEntity().getWhat().getIdentifier().setValue(object));
    daos.getResourceDao(AuditEvent.class).create(event, new SystemRequestDetails());
  }
}

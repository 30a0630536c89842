package dev.kiln.fhir.ledger;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.kiln.fhir.Application;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Writes inside of HAPI's transaction that a message has been applied. HAPI calls the PRECOMMIT
 * hooks of all entries first and this one's last, before it commits. Of what is deleted, by
 * whomever, it forgets what was said.
 */
@Interceptor
public final class AppliedOnce {

  private final Ledger ledger;

  public AppliedOnce(Ledger ledger) {
    this.ledger = ledger;
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource, RequestDetails request) {
    written(resource, request);
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    written(after, request);
  }

  /**
   * Whatever is entered anew under the same id has not been told by anybody yet, so that no message
   * takes what is not there for something that a person has removed.
   */
  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
  public void deleted(IBaseResource resource) {
    ledger.forget(resource.getIdElement().toUnqualifiedVersionless().getValue());
  }

  /**
   * @throws ResourceVersionConflictException where the message has been applied already, which
   *     rolls everything back
   */
  @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSED)
  public void processed(RequestDetails request) {
    Application.of(request)
        .filter(application -> !ledger.record(application))
        .ifPresent(
            application -> {
              throw new ResourceVersionConflictException(
                  "Message "
                      + application.message()
                      + " or what it tells of has been applied by somebody else");
            });
  }

  private static void written(IBaseResource resource, RequestDetails request) {
    Application.of(request)
        .ifPresent(
            application ->
                application.written().add(resource.getIdElement().toUnqualified().getValue()));
  }
}

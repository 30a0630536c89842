package dev.kiln.fhir.identity;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.kiln.fhir.Application;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Keeps the aliases in step with every write of a patient or a visit, whoever writes: a message
 * must find the patient that a person entered a moment ago.
 */
@Interceptor
public final class ClaimedIdentifiers {

  private final IdentityAliases aliases;

  public ClaimedIdentifiers(IdentityAliases aliases) {
    this.aliases = aliases;
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource, RequestDetails request) {
    claim(resource, request);
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    claim(after, request);
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
  public void deleted(IBaseResource resource) {
    if (resource instanceof Patient || resource instanceof Encounter) {
      aliases.forget((Resource) resource);
    }
  }

  private void claim(IBaseResource written, RequestDetails request) {
    if (!(written instanceof Patient) && !(written instanceof Encounter)) {
      return;
    }
    Resource resource = (Resource) written;
    Optional<String> survivor = survivor(resource);
    if (survivor.isPresent()) {
      aliases.moveAll(resource.fhirType(), resource.getIdElement().getIdPart(), survivor.get());
      return;
    }
    List<String> others =
        aliases.claim(resource).stream().map(id -> resource.fhirType() + "/" + id).toList();
    // A person may enter a second patient with the same number; it is found by its first owner's
    // number until the two are merged. A message must look again who it means.
    Application.of(request)
        .filter(application -> !application.rivals().containsAll(others))
        .ifPresent(
            application -> {
              throw new ResourceVersionConflictException(
                  "An identifier of " + resource.fhirType() + " has been claimed meanwhile");
            });
  }

  /** The id of the patient that has taken this one's place. */
  private static Optional<String> survivor(Resource resource) {
    return resource instanceof Patient patient
        ? patient.getLink().stream()
            .filter(link -> link.getType() == LinkType.REPLACEDBY)
            .map(link -> link.getOther().getReferenceElement().getIdPart())
            .findFirst()
        : Optional.empty();
  }
}

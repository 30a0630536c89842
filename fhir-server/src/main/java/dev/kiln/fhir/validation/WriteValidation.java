package dev.kiln.fhir.validation;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ValidationResult;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Resource;

/**
 * Refuses to store what FHIR does not allow. It hooks the storage and not the servlet, so that a
 * patched resource is judged by what it became and no way of writing goes round it. A Bundle is
 * judged once as a whole, since the validator's start costs more than its work on one small
 * resource.
 */
@Interceptor
public final class WriteValidation {

  /**
   * Set in {@link RequestDetails#getUserData()} by Kiln's own writers, whose output is proven valid
   * by their tests: what came in a message that has been acknowledged must not be lost to a rule
   * that its sender cannot see.
   */
  public static final String PROVEN = WriteValidation.class.getName() + ".proven";

  private static final String JUDGED = WriteValidation.class.getName() + ".judged";

  private final FhirValidator validator;

  public WriteValidation(FhirValidator validator) {
    this.validator = validator;
  }

  @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
  public void bundle(IBaseBundle bundle, RequestDetails request) {
    if (isExempt(request)) {
      return;
    }
    judge(bundle);
    Set<IBaseResource> judged = Collections.newSetFromMap(new IdentityHashMap<>());
    for (BundleEntryComponent entry : ((Bundle) bundle).getEntry()) {
      Resource resource = entry.getResource();
      if (resource != null) {
        judged.add(resource);
      }
    }
    request.getUserData().put(JUDGED, judged);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void created(IBaseResource resource, RequestDetails request) {
    written(resource, request);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    written(after, request);
  }

  private void written(IBaseResource resource, RequestDetails request) {
    if (isExempt(request)
        || request.getUserData().get(JUDGED) instanceof Set<?> judged
            && judged.contains(resource)) {
      return;
    }
    judge(resource);
  }

  /** HAPI's own housekeeping has no request. */
  private static boolean isExempt(RequestDetails request) {
    return request == null || Boolean.TRUE.equals(request.getUserData().get(PROVEN));
  }

  private void judge(IBaseResource resource) {
    ValidationResult result = validator.validateWithResult(resource);
    OperationOutcome outcome = (OperationOutcome) result.toOperationOutcome();
    outcome.setIssue(outcome.getIssue().stream().filter(WriteValidation::isFault).toList());
    if (outcome.hasIssue()) {
      throw new UnprocessableEntityException("The resource is not valid FHIR", outcome);
    }
  }

  /**
   * Errors, but for those about a Bundle's links: the validator wants a fullUrl wherever there is a
   * relative reference, while a transaction resolves its references itself and refuses those that
   * lead nowhere.
   */
  public static boolean isFault(OperationOutcomeIssueComponent issue) {
    boolean error =
        issue.getSeverity() == IssueSeverity.ERROR || issue.getSeverity() == IssueSeverity.FATAL;
    return error
        && issue.getExtension().stream()
            .noneMatch(message -> String.valueOf(message.getValue()).startsWith("Bundle_BUNDLE_"));
  }
}

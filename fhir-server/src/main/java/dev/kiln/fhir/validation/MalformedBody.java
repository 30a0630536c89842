package dev.kiln.fhir.validation;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ValidationResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/**
 * Finds where a body that could not be parsed is wrong. The parser stops at the first fault without
 * saying where; the validator reads the same text leniently and names each fault by its FHIRPath.
 * It is slow, so it runs only on failures and only on bodies of ordinary size.
 */
public final class MalformedBody {

  private static final int LARGEST = 1 << 20;

  private final FhirValidator validator;

  public MalformedBody(FhirValidator validator) {
    this.validator = validator;
  }

  /**
   * The errors with their FHIRPaths, or empty where the validator finds none or the body is too
   * large.
   */
  public Optional<OperationOutcome> locate(RequestDetails request) {
    byte[] body = request.loadRequestContents();
    if (body == null || body.length == 0 || body.length > LARGEST) {
      return Optional.empty();
    }
    ValidationResult result;
    try {
      result = validator.validateWithResult(new String(body, StandardCharsets.UTF_8));
    } catch (RuntimeException | StackOverflowError e) {
      // Text that is not even JSON or XML, or nested without end, stops the validator too; the
      // parser's own message has line and column then.
      return Optional.empty();
    }
    OperationOutcome outcome = (OperationOutcome) result.toOperationOutcome();
    List<OperationOutcomeIssueComponent> errors =
        outcome.getIssue().stream()
            .filter(
                issue ->
                    issue.getSeverity() == IssueSeverity.ERROR
                        || issue.getSeverity() == IssueSeverity.FATAL)
            .toList();
    outcome.setIssue(errors);
    return errors.isEmpty() ? Optional.empty() : Optional.of(outcome);
  }
}

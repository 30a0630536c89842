package dev.kiln.routes.hl7v2;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationResult;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Bundle;

/** The rules of base R4, as HAPI's validator knows them. */
final class BaseR4 {

  private static final FhirContext R4 = FhirContext.forR4Cached();

  private final FhirValidator validator;

  BaseR4() {
    ValidationSupportChain support =
        new ValidationSupportChain(
            new DefaultProfileValidationSupport(R4),
            new CommonCodeSystemsTerminologyService(R4),
            new InMemoryTerminologyServerValidationSupport(R4));
    validator = R4.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
  }

  /** What is wrong, each with its place; empty where nothing is. */
  List<String> errors(Bundle bundle) {
    // As text, so that what a sender reads is what is judged.
    ValidationResult result =
        validator.validateWithResult(R4.newJsonParser().encodeResourceToString(bundle));
    return result.getMessages().stream()
        .filter(
            message ->
                message.getSeverity() == ResultSeverityEnum.ERROR
                    || message.getSeverity() == ResultSeverityEnum.FATAL)
        .map(message -> message.getLocationString() + ": " + message.getMessage())
        .toList();
  }
}

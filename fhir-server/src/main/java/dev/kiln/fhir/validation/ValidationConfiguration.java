package dev.kiln.fhir.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.validation.JpaValidationSupportChain;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.IInstanceValidatorModule;
import dev.kiln.profiles.KilnProfiles;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.utilities.http.ManagedWebAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The validator and the two places that ask it. */
@Configuration(proxyBeanMethods = false)
public class ValidationConfiguration {

  @Bean
  FhirValidator fhirValidator(
      FhirContext context,
      IInstanceValidatorModule instanceValidator,
      JpaValidationSupportChain definitions) {
    definitions.addValidationSupport(0, kilnsOwn(context));
    return validator(context, instanceValidator);
  }

  /** A validator by the same rules that needs no database. */
  public static FhirValidator offline(FhirContext context) {
    FhirInstanceValidator module =
        new FhirInstanceValidator(
            new ValidationSupportChain(
                kilnsOwn(context),
                new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context)));
    module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    return validator(context, module);
  }

  private static FhirValidator validator(FhirContext context, IInstanceValidatorModule module) {
    // The validator would fetch packages and schemas by itself; a hospital's server opens no
    // connection unasked.
    ManagedWebAccess.setAccessPolicy(ManagedWebAccess.WebAccessPolicy.PROHIBITED);
    return context.newValidator().registerValidatorModule(module);
  }

  @Bean
  MalformedBody malformedBody(FhirValidator validator) {
    return new MalformedBody(validator);
  }

  @Bean
  WriteValidation writeValidation(FhirValidator validator, IInterceptorService storageHooks) {
    WriteValidation validation = new WriteValidation(validator);
    storageHooks.registerInterceptor(validation);
    return validation;
  }

  private static PrePopulatedValidationSupport kilnsOwn(FhirContext context) {
    PrePopulatedValidationSupport own = new PrePopulatedValidationSupport(context);
    KilnProfiles.all(context).forEach(own::addResource);
    return own;
  }
}

package dev.kiln.fhir.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.validation.JpaValidationSupportChain;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.IInstanceValidatorModule;
import dev.kiln.profiles.KilnProfiles;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
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
    // The validator would fetch packages and schemas by itself; a hospital's server opens no
    // connection unasked.
    ManagedWebAccess.setAccessPolicy(ManagedWebAccess.WebAccessPolicy.PROHIBITED);
    return context.newValidator().registerValidatorModule(instanceValidator);
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

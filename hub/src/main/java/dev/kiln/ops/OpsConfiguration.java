package dev.kiln.ops;

import ca.uhn.fhir.validation.FhirValidator;
import dev.kiln.fhir.FhirSettings;
import dev.kiln.fhir.LocalStore;
import dev.kiln.routes.control.InboxControl;
import dev.kiln.routes.control.ListenerControl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Health and error answers. */
@Configuration(proxyBeanMethods = false)
@Import({ErrorPage.class, ReplayRequest.class})
public class OpsConfiguration {

  /** Named for the health group {@code readiness} in application.yaml. */
  @Bean
  Readiness kilnHealthIndicator(
      LocalStore store, InboxControl inbox, ListenerControl listeners, FhirSettings fhir) {
    return new Readiness(store, inbox, listeners, fhir.database().folder());
  }

  @Bean
  WarmUp warmHealthIndicator(FhirValidator validator, Readiness readiness) {
    return new WarmUp(validator, readiness);
  }
}

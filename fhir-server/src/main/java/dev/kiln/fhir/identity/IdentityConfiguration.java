package dev.kiln.fhir.identity;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.provider.merge.ResourceMergeService;
import dev.kiln.fhir.ledger.Ledger;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Identity on the store's own connections, and its hooks. */
@Configuration(proxyBeanMethods = false)
public class IdentityConfiguration {

  /**
   * @param migrated the ledger, which makes the tables
   */
  @Bean
  IdentityAliases identityAliases(DataSource store, Ledger migrated) {
    return new IdentityAliases(JdbcClient.create(store));
  }

  @Bean
  ClaimedIdentifiers claimedIdentifiers(IdentityAliases aliases, IInterceptorService storageHooks) {
    ClaimedIdentifiers claimed = new ClaimedIdentifiers(aliases);
    storageHooks.registerInterceptor(claimed);
    return claimed;
  }

  @Bean
  PatientMerge patientMerge(
      FhirContext fhirContext, IFhirResourceDao<Patient> patients, ResourceMergeService service) {
    return new PatientMerge(fhirContext, patients, service);
  }
}

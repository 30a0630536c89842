package dev.kiln.fhir;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.server.RestfulServer;
import dev.kiln.fhir.access.AccessConfiguration;
import dev.kiln.fhir.audit.AuditConfiguration;
import dev.kiln.fhir.identity.IdentityAliases;
import dev.kiln.fhir.identity.IdentityConfiguration;
import dev.kiln.fhir.identity.PatientMerge;
import dev.kiln.fhir.ledger.Ledger;
import dev.kiln.fhir.ledger.LedgerConfiguration;
import dev.kiln.fhir.rest.RestConfiguration;
import dev.kiln.fhir.storage.StorageConfiguration;
import dev.kiln.fhir.validation.ValidationConfiguration;
import jakarta.persistence.EntityManager;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The whole FHIR server. Wants a {@link FhirBase} bean; gives the servlet at {@code /fhir} and the
 * {@link Database}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FhirSettings.class)
@Import({
  StorageConfiguration.class,
  LedgerConfiguration.class,
  IdentityConfiguration.class,
  ValidationConfiguration.class,
  RestConfiguration.class,
  AccessConfiguration.class,
  AuditConfiguration.class
})
public class FhirServerConfiguration {

  /**
   * @param server asked for when it is needed, since it has operations of modules that need the
   *     store
   */
  @Bean
  LocalStore localStore(
      DaoRegistry daos,
      IFhirSystemDao<Bundle, ?> system,
      PlatformTransactionManager transactions,
      EntityManager entities,
      ObjectProvider<RestfulServer> server,
      Ledger ledger,
      IdentityAliases aliases,
      PatientMerge merge) {
    return new LocalStore(
        daos,
        system,
        new TransactionTemplate(transactions),
        entities,
        server::getObject,
        ledger,
        aliases,
        merge);
  }
}

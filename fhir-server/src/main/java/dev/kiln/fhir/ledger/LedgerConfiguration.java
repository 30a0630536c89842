package dev.kiln.fhir.ledger;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger on the store's own connections, and its hooks. */
@Configuration(proxyBeanMethods = false)
public class LedgerConfiguration {

  /**
   * @param store the data source of the store's transaction manager, which lends the connection of
   *     a running transaction
   * @param migrated HAPI's tables come first, so that a database which Kiln must not touch is left
   *     alone
   */
  @Bean
  Ledger ledger(DataSource store, EntityManagerFactory migrated) {
    LedgerSchema.migrate(store);
    return new Ledger(JdbcClient.create(store));
  }

  @Bean
  AppliedOnce appliedOnce(Ledger ledger, IInterceptorService storageHooks) {
    AppliedOnce once = new AppliedOnce(ledger);
    storageHooks.registerInterceptor(once);
    return once;
  }
}

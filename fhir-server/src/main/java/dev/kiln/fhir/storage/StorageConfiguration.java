package dev.kiln.fhir.storage;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.fhir.Database;
import dev.kiln.fhir.DatabaseSource;
import dev.kiln.fhir.FhirSettings;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.boot.archive.scan.internal.DisabledScanner;
import org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.orm.jpa.hibernate.SpringImplicitNamingStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI's JPA layer on PostgreSQL. HAPI's own configurations are imported one by one, never scanned.
 * Its switches are decided in {@link StoreBehaviour}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  HapiJpaConfig.class,
  JpaR4Config.class,
  ThreadPoolFactoryConfig.class,
  JpaBatch2Config.class,
  Batch2JobsConfig.class,
  // Batch2 hands its work from step to step through the channels that this one makes.
  SubscriptionChannelConfig.class
})
public class StorageConfiguration {

  @Bean
  DatabaseSource databaseSource(FhirSettings settings) {
    return DatabaseSource.open(settings.database());
  }

  @Bean
  Database database(DatabaseSource source) {
    return source.database();
  }

  @Bean
  @Primary
  HikariDataSource storeDataSource(Database database, FhirSettings settings) {
    return StorePool.open(database, settings.poolSize());
  }

  @Bean
  @Primary
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      ConfigurableListableBeanFactory beans,
      FhirContext fhirContext,
      JpaStorageSettings behaviour,
      DataSource storeDataSource) {
    new FhirSchema(storeDataSource).migrate();
    LocalContainerEntityManagerFactoryBean factory =
        HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhirContext, behaviour);
    factory.setPersistenceUnitName("HAPI_PU");
    factory.setDataSource(storeDataSource);
    factory.setJpaPropertyMap(
        Map.of(
            "hibernate.dialect", HapiFhirPostgresDialect.class.getName(),
            "hibernate.jdbc.batch_size", "20",
            // Spring Boot's names, which are gone together with its Hibernate auto-configuration.
            "hibernate.physical_naming_strategy",
                CamelCaseToUnderscoresNamingStrategy.class.getName(),
            "hibernate.implicit_naming_strategy", SpringImplicitNamingStrategy.class.getName(),
            // HAPI names its entity packages, so that no jar needs to be searched.
            "hibernate.archive.scanner", DisabledScanner.class.getName(),
            "hibernate.search.enabled", "false"));
    return factory;
  }

  @Bean
  @Primary
  JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
    return new JpaTransactionManager(entityManagerFactory);
  }

  @Bean
  JpaStorageSettings jpaStorageSettings() {
    return StoreBehaviour.decided();
  }

  /** Off: one organisation per installation. HAPI wants the bean all the same. */
  @Bean
  PartitionSettings partitionSettings() {
    return new PartitionSettings();
  }

  /** No channel type is supported, so that no subscription becomes active. */
  @Bean
  SubscriptionSettings subscriptionSettings() {
    return new SubscriptionSettings();
  }
}

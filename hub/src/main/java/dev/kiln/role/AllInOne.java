package dev.kiln.role;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.access.AccessConfiguration;
import dev.kiln.access.RequestBudget;
import dev.kiln.access.StartupToken;
import dev.kiln.fhir.Database;
import dev.kiln.fhir.FhirBase;
import dev.kiln.fhir.FhirServerConfiguration;
import dev.kiln.fhir.LocalStore;
import dev.kiln.ops.HaltAt;
import dev.kiln.ops.OpsConfiguration;
import dev.kiln.routes.Progress;
import dev.kiln.routes.RoutesConfiguration;
import dev.kiln.routes.RoutesSettings;
import dev.kiln.routes.Store;
import dev.kiln.terminology.TerminologyConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Every role in one process: the routes reach the store by a call. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HubSettings.class)
@Import({
  TerminologyConfiguration.class,
  FhirServerConfiguration.class,
  RoutesConfiguration.class,
  AccessConfiguration.class,
  OpsConfiguration.class,
  WebServer.class
})
public class AllInOne {

  @Bean
  FhirBase fhirBase(HubSettings settings) {
    return new FhirBase(settings.base() + "/fhir");
  }

  @Bean
  StartupToken startupToken(HubSettings settings) {
    return StartupToken.in(settings.tokenFile());
  }

  @Bean
  RequestBudget requestBudget(HubSettings settings) {
    return new RequestBudget(settings.requestsPerMinute());
  }

  @Bean
  Progress progress(HubSettings settings) {
    return new HaltAt(settings.haltAt());
  }

  /** Not the store's pool: what is slow there must not keep an acknowledgement waiting. */
  @Bean(defaultCandidate = false)
  HikariDataSource inboxDataSource(Database database, RoutesSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("inbox");
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setSchema("inbox");
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(10_000);
    // A role or database may have it off; what is acknowledged must be on the disk.
    config.setConnectionInitSql("set synchronous_commit = on");
    return new HikariDataSource(config);
  }

  @Bean
  Store store(LocalStore local) {
    return new StoreInProcess(local);
  }
}

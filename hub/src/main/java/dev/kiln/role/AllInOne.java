package dev.kiln.role;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.access.AccessConfiguration;
import dev.kiln.access.AppOrigins;
import dev.kiln.access.BearerTokens;
import dev.kiln.access.OperatorClient;
import dev.kiln.access.RequestBudget;
import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.AuthConfiguration;
import dev.kiln.auth.AuthSchema;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.client.RegisteredOrigins;
import dev.kiln.auth.post.OutgoingMail;
import dev.kiln.fhir.Database;
import dev.kiln.fhir.FhirBase;
import dev.kiln.fhir.FhirServerConfiguration;
import dev.kiln.fhir.LocalStore;
import dev.kiln.fhir.OAuthAddresses;
import dev.kiln.launcher.LauncherConfiguration;
import dev.kiln.live.LiveConfiguration;
import dev.kiln.messages.MessagesConfiguration;
import dev.kiln.operator.OperatorConfiguration;
import dev.kiln.operator.OperatorConfiguration.OperatorFiles;
import dev.kiln.operator.OperatorKey;
import dev.kiln.ops.HaltAt;
import dev.kiln.ops.OpsConfiguration;
import dev.kiln.people.PeopleConfiguration;
import dev.kiln.routes.InboxSchema;
import dev.kiln.routes.Progress;
import dev.kiln.routes.RoutesConfiguration;
import dev.kiln.routes.Store;
import dev.kiln.routes.control.AdminAddress;
import dev.kiln.routes.control.AlertMail;
import dev.kiln.routes.settings.RoutesSettings;
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
  AuthConfiguration.class,
  OperatorConfiguration.class,
  OpsConfiguration.class,
  MessagesConfiguration.class,
  LauncherConfiguration.class,
  LiveConfiguration.class,
  PeopleConfiguration.class,
  WebServer.class
})
public class AllInOne {

  /** A look at a token takes less than a millisecond. */
  private static final int AUTH_CONNECTIONS = 6;

  @Bean
  FhirBase fhirBase(HubSettings settings) {
    return new FhirBase(settings.base() + "/fhir");
  }

  @Bean
  RequestBudget requestBudget(HubSettings settings) {
    return new RequestBudget(settings.requestsPerMinute());
  }

  @Bean
  OperatorClient operatorsClient() {
    return new OperatorClient(OperatorKey.CLIENT);
  }

  @Bean
  Progress progress(HubSettings settings) {
    return new HaltAt(settings.haltAt());
  }

  /** Not the store's pool: what is slow there must not keep an acknowledgement waiting. */
  @Bean(defaultCandidate = false)
  HikariDataSource inboxDataSource(Database database, RoutesSettings settings) {
    return pool("inbox", InboxSchema.NAME, settings.poolSize(), database);
  }

  /** Of its own, since every request asks it about a token. */
  @Bean(defaultCandidate = false)
  HikariDataSource authDataSource(Database database) {
    return pool("auth", AuthSchema.NAME, AUTH_CONNECTIONS, database);
  }

  private static HikariDataSource pool(String name, String schema, int size, Database database) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setSchema(schema);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(10_000);
    // A role or database may have it off; what is acknowledged must be on the disk.
    config.setConnectionInitSql("set synchronous_commit = on");
    return new HikariDataSource(config);
  }

  @Bean
  OperatorFiles operatorFiles(HubSettings settings) {
    return new OperatorFiles(settings.operatorKeyFile(), settings.data().resolve("administrator"));
  }

  @Bean
  AuthAddresses authAddresses(HubSettings settings, FhirBase fhir) {
    return new AuthAddresses(settings.base(), fhir.url());
  }

  @Bean
  OAuthAddresses announcedAddresses(AuthAddresses addresses) {
    String issuer = addresses.issuer();
    return new OAuthAddresses(
        issuer + "/oauth2/authorize",
        issuer + "/oauth2/token",
        issuer + "/oauth2/introspect",
        issuer + "/oauth2/revoke",
        issuer + "/account/apps");
  }

  @Bean
  AppOrigins appOrigins(RegisteredOrigins registered) {
    return registered::contains;
  }

  @Bean
  PatientDirectory patientDirectory(LocalStore local, Accounts accounts) {
    return new PatientsInStore(local, accounts);
  }

  @Bean
  BearerTokens issuedTokens(AccessTokens tokens, Accounts accounts, PatientDirectory patients) {
    return new GrantedCaller(tokens, accounts, patients);
  }

  @Bean
  AlertMail alertMail(OutgoingMail mail) {
    return new MailForAlerts(mail);
  }

  @Bean
  AdminAddress adminAddress(HubSettings settings) {
    return new AdminAddress(settings.base() + "/apps/admin/");
  }

  @Bean
  Store store(LocalStore local) {
    return new StoreInProcess(local);
  }
}

package dev.kiln.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.auth.Account;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.AuthConfiguration;
import dev.kiln.auth.AuthSchema;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.NewAccount;
import dev.kiln.auth.client.OwnApp;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One PostgreSQL, one SMTP server and one web server for all tests of this module. */
public final class Server {

  /** Id of an app that is a part of the server. */
  public static final String OWN_APP = "own";

  /** Of every account that is opened here. */
  public static final String PASSWORD = "correct horse battery staple";

  private static final AtomicInteger NAMES = new AtomicInteger();

  private static Server running;
  private static RuntimeException failure;

  private final EmbeddedPostgres postgres;
  private final HikariDataSource database;
  private final GreenMail mail;
  private final Path keyFile;
  private final String address;
  private final ConfigurableApplicationContext context;

  /** The server with what the hub would bind. */
  @EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
  @Import(AuthConfiguration.class)
  static class Application {

    @Bean
    AuthAddresses authAddresses(Environment environment) {
      String base = base(environment.getRequiredProperty("server.port", Integer.class));
      return new AuthAddresses(base, base + "/fhir");
    }

    @Bean
    OwnApp ownApp() {
      return new OwnApp(
          OWN_APP, "Own", "/own/", false, List.of("openid", "app.launch", "message.read"));
    }

    @Bean
    PatientDirectory patients() {
      return new FewPatients();
    }
  }

  private Server() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    database = open("postgres");
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    keyFile = Files.createTempDirectory("kiln-auth").resolve("auth.key");
    int port = free();
    address = base(port);
    context = start(port);
    account("alba", "patient", "Patient/alba");
    account("nora", "patient", "Patient/nora");
    account("drake", "physician", "Practitioner/drake");
    account("rita", "receptionist", "Practitioner/rita");
    account("audit", "auditor", null);
  }

  /** Started by whoever asks first; ends with the tests. */
  public static synchronized Server get() {
    if (failure != null) {
      throw failure;
    }
    if (running == null) {
      try {
        running = new Server();
      } catch (IOException e) {
        failure = new IllegalStateException("The test server cannot start", e);
        throw failure;
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
    return running;
  }

  /** Another process on the same database, with settings of its own. */
  public ConfigurableApplicationContext start(int port, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "server.port=" + port,
                "kiln.auth.key-file=" + keyFile,
                "kiln.auth.mail.host=127.0.0.1",
                "kiln.auth.mail.port=" + mail.getSmtp().getPort(),
                "kiln.auth.mail.security=none",
                "kiln.auth.attempts.per-address=10000",
                "kiln.auth.key-sets.private-addresses=true",
                // As the hub has it for a proxy in front of it.
                "server.forward-headers-strategy=native",
                "spring.main.banner-mode=off"));
    all.addAll(List.of(settings));
    return new SpringApplicationBuilder(Application.class)
        .initializers(
            starting ->
                ((GenericApplicationContext) starting)
                    .registerBean(
                        "authDataSource",
                        HikariDataSource.class,
                        () -> database,
                        // One process that ends must not close it to the others.
                        bean -> ((AbstractBeanDefinition) bean).setDestroyMethodName("")))
        .properties(all.toArray(String[]::new))
        .run();
  }

  /** Another process, where people can also sign in with an organisation's provider. */
  public ConfigurableApplicationContext startWithProvider(int port, int providerPort)
      throws IOException {
    Path secret = Files.writeString(Files.createTempFile("secret", ""), "between-us\n");
    return start(
        port,
        "kiln.auth.upstream.issuer=http://127.0.0.1:" + providerPort,
        "kiln.auth.upstream.name=Saint Elsewhere",
        "kiln.auth.upstream.client-secret-file=" + secret);
  }

  /** A database of its own, in which nothing has happened yet. */
  public HikariDataSource empty() {
    String name = name("empty");
    JdbcClient.create(database).sql("create database " + name).update();
    return open(name);
  }

  private HikariDataSource open(String name) {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(postgres.getJdbcUrl("postgres", name) + "&currentSchema=" + AuthSchema.NAME);
    pool.setMaximumPoolSize(10);
    HikariDataSource opened = new HikariDataSource(pool);
    AuthSchema.migrate(opened);
    return opened;
  }

  public static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String base(int port) {
    return "http://127.0.0.1:" + port;
  }

  public String address() {
    return address;
  }

  public String fhirBase() {
    return address + "/fhir";
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public HikariDataSource database() {
    return database;
  }

  public GreenMail mail() {
    return mail;
  }

  public AccountBook accounts() {
    return bean(AccountBook.class);
  }

  /** A name that no other test uses. */
  public static String name(String beginning) {
    return beginning + NAMES.incrementAndGet();
  }

  /** An account with {@link #PASSWORD}. */
  public Account account(String login, String role, String fhirUser) {
    Account account =
        accounts()
            .open(
                new NewAccount(
                    login, "Ana " + login, login + "@example.org", fhirUser, Set.of(role), null));
    if (accounts().setPassword(account, PASSWORD).isPresent()) {
      throw new IllegalStateException();
    }
    return account;
  }

  public Account physician(String login) {
    return account(login, "physician", "Practitioner/1");
  }

  /** The account of that login name. */
  public Account account(String login) {
    return accounts().byLogin(login).orElseThrow();
  }

  /** All of an app's usual scopes. */
  public static List<String> appScopes(String... more) {
    List<String> scopes =
        new ArrayList<>(
            List.of(
                "openid",
                "fhirUser",
                "profile",
                "launch",
                "launch/patient",
                "offline_access",
                "online_access",
                "patient/*.cruds",
                "user/*.cruds"));
    scopes.addAll(List.of(more));
    return scopes;
  }
}

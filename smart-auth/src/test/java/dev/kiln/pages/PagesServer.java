package dev.kiln.pages;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.auth.Account;
import dev.kiln.auth.AuthConfiguration;
import dev.kiln.auth.AuthSchema;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.NewAccount;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One PostgreSQL, one SMTP server and one web server for all tests of pages. */
public final class PagesServer {

  public static final String PASSWORD = "correct horse battery staple";

  private static PagesServer running;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final EmbeddedPostgres postgres;
  private final HikariDataSource database;
  private final GreenMail mail;
  private final Path keyFile;
  private final int port;
  private final ConfigurableApplicationContext context;

  @EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
  @Import({AuthConfiguration.class, SmallAuthorizationServer.class})
  static class Application {}

  private PagesServer() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    database = open("postgres");
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    keyFile = Files.createTempDirectory("kiln-pages").resolve("auth.key");
    port = free();
    context = start(port);
  }

  /** Starts it with the first test that asks, for as long as the tests run. */
  public static synchronized PagesServer running() {
    if (running == null) {
      try {
        running = new PagesServer();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return running;
  }

  /** Another process on the same database, with settings of its own. */
  public ConfigurableApplicationContext start(int port, String... settings) {
    String[] all = new String[settings.length + 8];
    all[0] = "server.port=" + port;
    all[1] = "kiln.auth.key-file=" + keyFile;
    all[2] = "kiln.auth.mail.host=127.0.0.1";
    all[3] = "kiln.auth.mail.port=" + mail.getSmtp().getPort();
    all[4] = "kiln.auth.mail.security=none";
    all[5] = "kiln.auth.attempts.per-address=10000";
    // As the hub has it for a proxy in front of it.
    all[6] = "server.forward-headers-strategy=native";
    all[7] = "spring.main.banner-mode=off";
    System.arraycopy(settings, 0, all, 8, settings.length);
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
        .properties(all)
        .run();
  }

  /** A database of its own, in which nothing has happened yet. */
  public HikariDataSource empty() {
    String name = name("empty");
    JdbcClient.create(database).sql("create database " + name).update();
    return open(name);
  }

  private HikariDataSource open(String name) {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(postgres.getJdbcUrl("postgres", name) + "&currentSchema=auth");
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

  public String base() {
    return "http://127.0.0.1:" + port;
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
}

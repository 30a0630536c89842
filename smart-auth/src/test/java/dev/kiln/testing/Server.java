package dev.kiln.testing;

import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.AuthSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.session.SessionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The one authorization server of this module's tests, on a real port and a real PostgreSQL. */
public final class Server {

  private static Server running;
  private static RuntimeException failure;

  private final ConfigurableApplicationContext context;
  private final String address;

  private Server(ConfigurableApplicationContext context, String address) {
    this.context = context;
    this.address = address;
  }

  /** Started by whoever asks first; ends with the tests. */
  public static synchronized Server get() {
    if (failure != null) {
      throw failure;
    }
    if (running == null) {
      try {
        running = start();
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
    return running;
  }

  private static Server start() {
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      int port = freePort();
      String address = "http://localhost:" + port;
      ConfigurableApplicationContext context =
          new SpringApplicationBuilder(TestApplication.class)
              .properties(
                  Map.of(
                      "server.port",
                      String.valueOf(port),
                      "spring.flyway.enabled",
                      "false",
                      "spring.main.banner-mode",
                      "off",
                      "spring.autoconfigure.exclude",
                      SessionAutoConfiguration.class.getName(),
                      "kiln.auth.key-sets.private-addresses",
                      "true"))
              .initializers(
                  starting -> {
                    starting
                        .getBeanFactory()
                        .registerSingleton(
                            "authDataSource",
                            postgres.getDatabase(
                                "postgres", "postgres", Map.of("currentSchema", AuthSchema.NAME)));
                    starting
                        .getBeanFactory()
                        .registerSingleton(
                            "authAddresses", new AuthAddresses(address, address + "/fhir"));
                  })
              .run();
      return new Server(context, address);
    } catch (IOException e) {
      throw new IllegalStateException("The test server cannot start", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
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

  public Account account(String id) {
    return bean(Accounts.class).byId(id).orElseThrow();
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

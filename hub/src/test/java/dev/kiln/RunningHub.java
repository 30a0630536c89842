package dev.kiln;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.kiln.access.AppOrigins;
import dev.kiln.access.BearerTokens;
import dev.kiln.fhir.access.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** One hub in this JVM, started by the first test that asks for it and shared by all. */
public final class RunningHub {

  /** Where the one registered web app lives. */
  public static final String APP_ORIGIN = "https://app.example.org";

  private static RunningHub shared;

  private final Path data;
  private final int port;
  private final int mllpPort;
  private final int securedPort;
  private final Certificates keys;
  private final Certificates sendersKeys;
  private final ConfigurableApplicationContext context;
  private final Operator operator;
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final Map<String, Caller> callers = new ConcurrentHashMap<>();

  private RunningHub() {
    try {
      data =
          Files.createTempDirectory(Files.createDirectories(Path.of("target")), "hub")
              .toAbsolutePath();
      port = freePort();
      mllpPort = freePort();
      securedPort = freePort();
      keys = new Certificates(data, "own");
      sendersKeys = new Certificates(data, "sender");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    mail.start();
    SpringApplication application = new SpringApplication(KilnApplication.class);
    application.addInitializers(context -> bind((GenericApplicationContext) context));
    context =
        application.run(
            "--kiln.data=" + data,
            "--kiln.port=" + port,
            "--kiln.routes.mllp.port=" + mllpPort,
            "--kiln.routes.listeners.secured.port=" + securedPort,
            "--kiln.routes.listeners.secured.max-buffered=20MB",
            "--kiln.routes.listeners.secured.tls.key-store=" + keys.store(),
            "--kiln.routes.listeners.secured.tls.password-file=" + keys.password(),
            "--kiln.routes.listeners.secured.tls.client-certificates=required",
            "--kiln.routes.listeners.secured.tls.trust-store=" + sendersKeys.certificate(),
            "--kiln.routes.http.web.max-message-size=1MB",
            "--kiln.routes.http.web.max-buffered=4MB",
            "--kiln.routes.http.web.acknowledge=on-applied",
            "--kiln.routes.http.web.applied-timeout=60s",
            "--kiln.routes.files.drop.folder=" + data.resolve("drop"),
            "--kiln.routes.files.drop.quiet=200ms",
            "--kiln.fhir.max-request-size=2MB",
            "--kiln.requests-per-minute=1000000",
            "--kiln.auth.mail.host=127.0.0.1",
            "--kiln.auth.mail.port=" + mail.getSmtp().getPort(),
            "--kiln.auth.mail.security=none",
            "--logging.file.name=" + log());
    operator = new Operator(base(), data.resolve("operator.key"));
    Runtime.getRuntime().addShutdownHook(new Thread(context::close));
  }

  public static synchronized RunningHub get() {
    if (shared == null) {
      shared = new RunningHub();
    }
    return shared;
  }

  /** Tokens that say exactly what a test wants, beside those of the authorization server. */
  private void bind(GenericApplicationContext context) {
    context.registerBean(
        "tokensOfTheTests",
        BearerTokens.class,
        () -> token -> Optional.ofNullable(callers.get(token)));
    context.registerBean("originsOfTheTests", AppOrigins.class, () -> APP_ORIGIN::equals);
  }

  /** A client with the token. */
  public Http http() {
    return new Http(base(), operator);
  }

  /** A client with a token of its own that speaks for a caller. */
  public Http as(Caller caller) {
    String token = "test-" + UUID.randomUUID();
    callers.put(token, caller);
    return new Http(base(), () -> token);
  }

  /** A client without any credentials. */
  public Http stranger() {
    return new Http(base(), null);
  }

  public String base() {
    return "http://localhost:" + port;
  }

  /** The operator's, good for five minutes. */
  public String token() {
    return operator.get();
  }

  public int port() {
    return port;
  }

  public int mllpPort() {
    return mllpPort;
  }

  /** Of the listener that wants a certificate of its senders. */
  public int securedPort() {
    return securedPort;
  }

  /** That listener's own. */
  public Certificates keys() {
    return keys;
  }

  /** Of the one sender that it trusts. */
  public Certificates sendersKeys() {
    return sendersKeys;
  }

  /** What the hub has sent. */
  public GreenMail mail() {
    return mail;
  }

  public Path data() {
    return data;
  }

  public Path log() {
    return data.resolve("kiln.json");
  }

  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

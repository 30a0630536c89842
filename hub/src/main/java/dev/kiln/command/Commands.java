package dev.kiln.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.kiln.backup.Backup;
import dev.kiln.backup.Restore;
import dev.kiln.command.corpus.Corpus;
import dev.kiln.command.corpus.CorpusOptions;
import dev.kiln.command.send.MessagesOfFile;
import dev.kiln.command.send.Send;
import dev.kiln.command.send.SendOptions;
import dev.kiln.fhir.DatabaseSource;
import dev.kiln.fhir.FhirSettings;
import dev.kiln.role.HubSettings;
import dev.kiln.routes.settings.MllpSettings;
import dev.kiln.routes.settings.RoutesSettings;
import dev.kiln.routes.settings.WrongSite;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Runs one command with the same settings as the server would have. */
public final class Commands {

  private static final int USAGE = 2;

  /** For one acknowledgement. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PrintStream out;

  public Commands(PrintStream out) {
    this.out = out;
  }

  /** True where the word names a command rather than a setting of the server. */
  public static boolean isCommand(String word) {
    return List.of(
            "status",
            "await",
            "doctor",
            "token",
            "account",
            "client",
            "launch",
            "rotate-key",
            "load",
            "demo-accounts",
            "send",
            "backup",
            "restore",
            "corpus",
            "replay")
        .contains(word);
  }

  /**
   * @param arguments the command's name and what belongs to it
   * @return the exit code
   */
  public int run(String... arguments) throws Exception {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(SettingsOnly.class)
            .web(WebApplicationType.NONE)
            .logStartupInfo(false)
            .properties("logging.threshold.console=OFF", "logging.file.name=")
            .run()) {
      HubSettings hub = context.getBean(HubSettings.class);
      FhirSettings fhir = context.getBean(FhirSettings.class);
      RoutesSettings routes = context.getBean(RoutesSettings.class);
      return switch (arguments[0]) {
        case "status" -> new Status(hub, out).print();
        case "await" -> new Status(hub, out).await(Long.parseLong(arguments[1]));
        case "doctor" -> new Doctor(hub, fhir, routes, out).examine();
        case "token" -> token(hub);
        case "account" -> new Account(hub, out).run(arguments);
        case "client" -> new Client(hub, out).run(arguments);
        case "launch" -> new Launch(hub, out).run(arguments);
        case "rotate-key" -> rotateKey(hub);
        case "demo-accounts" -> new DemoAccounts(hub, out).open(file(arguments));
        case "load" -> new Load(hub, out).folder(Path.of(arguments[1]));
        case "send" -> send(routes, SendOptions.of(arguments));
        case "replay" -> new Replay(hub, out).message(arguments.length == 2 ? arguments[1] : "");
        case "backup" -> backup(fhir, routes.seal().keyFile(), file(arguments));
        case "restore" -> restore(fhir, routes.seal().keyFile(), file(arguments));
        case "corpus" -> corpus(routes, CorpusOptions.of(arguments));
        default -> USAGE;
      };
    } catch (NoSuchFileException e) {
      return failed("There is no file " + e.getFile() + ".");
    } catch (WrongSite e) {
      return failed(e.getMessage().substring(0, e.getMessage().length() - 1));
    } catch (IllegalArgumentException e) {
      failed(e.getMessage() + ".");
      return USAGE;
    } catch (IOException e) {
      return failed(e.getMessage() + ".");
    }
  }

  private static int failed(String line) {
    System.err.println("kiln: " + line);
    return 1;
  }

  private int token(HubSettings hub) throws Exception {
    out.println(new Local(hub).token());
    return 0;
  }

  private int rotateKey(HubSettings hub) throws Exception {
    int status = new Local(hub).post("/operator/signing-key/rotate").statusCode();
    out.println(
        status == 204
            ? "A new key signs tokens within half a minute; those of the former one live on."
            : "The hub answered " + status);
    return status == 204 ? 0 : 1;
  }

  private int send(RoutesSettings routes, SendOptions options) throws Exception {
    MessagesOfFile file = new MessagesOfFile(options.file());
    if (options.partner() != null) {
      return new Send(options.partner(), PATIENCE, out).all(file.single());
    }
    String name = options.listener() == null ? RoutesSettings.FIRST_LISTENER : options.listener();
    MllpSettings listener = routes.allListeners().get(name);
    if (listener == null) {
      throw new IllegalArgumentException("There is no listener " + name);
    }
    return new Send(new OwnListener(listener), PATIENCE, out).all(file.whole());
  }

  private int corpus(RoutesSettings routes, CorpusOptions options) throws IOException {
    return new Corpus(routes, options, out).folder(options.folder());
  }

  private int backup(FhirSettings settings, Path key, Path file) throws Exception {
    try (DatabaseSource source = DatabaseSource.attach(settings.database())) {
      long rows = new Backup(json()).write(source.database(), file);
      out.println("Backed up " + rows + " rows to " + file + ", readable by you alone.");
      out.println(
          "Its messages are sealed: keep a copy of "
              + key
              + " too, in another place than the file.");
      return 0;
    }
  }

  private int restore(FhirSettings settings, Path key, Path file) throws Exception {
    try (DatabaseSource source = DatabaseSource.open(settings.database())) {
      long rows = new Restore(json()).read(file, source.database());
      out.println(
          Files.exists(key)
              ? "Restored " + rows + " rows. Start with ./kiln start."
              : "Restored "
                  + rows
                  + " rows. Its messages are sealed: put the key file of the hub that was backed up"
                  + " at "
                  + key
                  + ", then start with ./kiln start.");
      return 0;
    }
  }

  private static Path file(String[] arguments) {
    if (arguments.length != 2 || arguments[1].isBlank()) {
      throw new IllegalArgumentException(arguments[0] + " wants one FILE");
    }
    return Path.of(arguments[1]).toAbsolutePath();
  }

  private static ObjectMapper json() {
    return new ObjectMapper()
        .registerModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }

  /** Binds the settings and starts nothing. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({HubSettings.class, FhirSettings.class, RoutesSettings.class})
  static class SettingsOnly {}
}

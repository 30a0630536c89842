package dev.kiln.fhir;

import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.fhir.CannotStart.Cause;
import dev.kiln.fhir.FhirSettings.DatabaseSettings;
import dev.kiln.fhir.ledger.LedgerSchema;
import dev.kiln.fhir.storage.EmbeddedDatabase;
import dev.kiln.fhir.storage.FhirSchema;
import dev.kiln.fhir.storage.StorePool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Starts the embedded PostgreSQL, or takes the one that the operator names. */
public final class DatabaseSource implements AutoCloseable {

  private final AutoCloseable held;
  private final Database database;

  private DatabaseSource(AutoCloseable held, Database database) {
    this.held = held;
    this.database = database;
  }

  /**
   * Opens the database for a hub, which must be the only one on it.
   *
   * @throws CannotStart when the embedded one cannot start, or the password file of the given one
   *     cannot be read
   */
  public static DatabaseSource open(DatabaseSettings settings) {
    if (isEmbedded(settings)) {
      EmbeddedDatabase embedded = new EmbeddedDatabase(settings.folder());
      return new DatabaseSource(embedded, embedded.database());
    }
    Database given = given(settings);
    return new DatabaseSource(StorePool.claim(given), given);
  }

  /**
   * Reaches the database for a look at it, also while a hub runs on it.
   *
   * @throws CannotStart as {@link #open} does
   */
  public static DatabaseSource attach(DatabaseSettings settings) throws IOException {
    Optional<Database> running =
        isEmbedded(settings) ? EmbeddedDatabase.running(settings.folder()) : Optional.empty();
    if (running.isPresent()) {
      return new DatabaseSource(null, running.get());
    }
    return isEmbedded(settings) ? open(settings) : new DatabaseSource(null, given(settings));
  }

  /**
   * Brings the store's tables to this release, as a start of the server would.
   *
   * @throws CannotStart when the database cannot be used or a newer Kiln has written it
   */
  public static void migrate(Database database) {
    try (HikariDataSource store = StorePool.open(database, 2)) {
      new FhirSchema(store).migrate();
      LedgerSchema.migrate(store);
    }
  }

  public Database database() {
    return database;
  }

  @Override
  public void close() throws Exception {
    if (held != null) {
      held.close();
    }
  }

  private static boolean isEmbedded(DatabaseSettings settings) {
    return settings.url() == null || settings.url().isBlank();
  }

  private static Database given(DatabaseSettings settings) {
    return new Database(settings.url(), settings.username(), passwordIn(settings.passwordFile()));
  }

  private static String passwordIn(Path file) {
    if (file == null) {
      return "";
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CannotStart(
          Cause.DATABASE_LOGIN,
          "The password file " + file + " (kiln.fhir.database.password-file) cannot be read.",
          "Create it with the database role's password in it, readable by the user that runs Kiln.");
    }
  }
}

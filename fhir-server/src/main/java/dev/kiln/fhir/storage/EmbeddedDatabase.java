package dev.kiln.fhir.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.kiln.fhir.CannotStart;
import dev.kiln.fhir.CannotStart.Cause;
import dev.kiln.fhir.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL in a folder of ours, started and stopped with the server. Its cluster lies in
 * {@code cluster}, its unpacked programs in {@code programs} (which can be deleted), the password
 * of its one role in {@code password}.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String ROLE = "postgres";
  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * The major of the programs in the jar; {@code ClusterFolderTest} compares it with what they say
   * of themselves.
   */
  static final int MAJOR = 18;

  private final EmbeddedPostgres postgres;
  private final String password;
  private final FileChannel inUse;

  /**
   * Starts PostgreSQL on the folder, which is made when it is missing.
   *
   * @throws CannotStart when the folder belongs to another PostgreSQL major or the disk is full
   */
  public EmbeddedDatabase(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    ClusterFolder cluster = new ClusterFolder(home.resolve("cluster"));
    try {
      Files.createDirectories(home, OWNER_ONLY_FOLDER);
      inUse = claim(home);
      cluster.refuseOtherMajor(MAJOR);
      cluster.stopOrphan();
      cluster.setAsideIfUnfinished(home.resolve("initialised"));
      password = password(home.resolve("password"));
      postgres = start(home, cluster);
      Files.writeString(home.resolve("initialised"), "PostgreSQL " + MAJOR + " has run here.\n");
    } catch (IOException | IllegalStateException e) {
      if (home.toFile().getUsableSpace() < 64L << 20) {
        throw new CannotStart(
            Cause.DISK_FULL,
            "The disk that holds " + home + " is full.",
            "Free some space, then start again; nothing was lost.");
      }
      throw new IllegalStateException(
          "PostgreSQL did not start; " + home.resolve("postgres.log") + " says why.", e);
    }
  }

  /**
   * Holds the folder until this process ends, however it ends: the operating system frees the lock.
   */
  private static FileChannel claim(Path home) throws IOException {
    FileChannel channel = FileChannel.open(home.resolve("in-use"), CREATE, WRITE);
    if (lockOf(channel) == null) {
      channel.close();
      throw new CannotStart(
          Cause.DATA_REFUSED,
          "The data in " + home + " is in use by another Kiln.",
          "Stop that one first (./kiln stop), or give this one a folder of its own.");
    }
    return channel;
  }

  private static FileLock lockOf(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private EmbeddedPostgres start(Path home, ClusterFolder cluster) throws IOException {
    File log = home.resolve("postgres.log").toFile();
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(cluster.path())
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(home.resolve("programs").toFile())
            .setPGStartupWait(Duration.ofSeconds(60))
            // Spring closes the pools first and this object last; a hook of its own would race with
            // that.
            .setRegisterShutdownHook(false)
            .setOutputRedirector(ProcessBuilder.Redirect.to(log))
            .setErrorRedirector(ProcessBuilder.Redirect.to(log))
            .setConnectConfig("password", password)
            // Handed to initdb: the role has its password before the cluster ever listens.
            .setLocaleConfig("pwfile", home.resolve("password").toString())
            .setDataDirectoryCustomizer(ignored -> cluster.requirePasswords())
            .setServerConfig("max_connections", "100")
            .setServerConfig("listen_addresses", "127.0.0.1")
            // PostgreSQL quotes rows and statements in its errors, and those hold patients.
            .setServerConfig("log_error_verbosity", "terse")
            .setServerConfig("log_min_error_statement", "panic");
    // The library starts PostgreSQL with fsync off, for tests. An acknowledged message must be on
    // the disk.
    for (String durable : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      builder.setServerConfig(durable, "on");
    }
    return builder.start();
  }

  private static String password(Path file) throws IOException {
    if (Files.notExists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      Files.createFile(file, OWNER_ONLY_FILE);
      Files.writeString(file, fresh);
    }
    return Files.readString(file).strip();
  }

  /** Where the running server answers. */
  public Database database() {
    return at(postgres.getPort(), password);
  }

  private static Database at(int port, String password) {
    return new Database("jdbc:postgresql://127.0.0.1:" + port + "/postgres", ROLE, password);
  }

  /**
   * The PostgreSQL that another process runs on this folder, so that a backup can be taken while
   * the hub serves.
   *
   * @return empty when none runs
   */
  public static Optional<Database> running(Path folder) throws IOException {
    Path home = folder.toAbsolutePath().normalize();
    OptionalInt port = new ClusterFolder(home.resolve("cluster")).livePort();
    return port.isPresent()
        ? Optional.of(at(port.getAsInt(), Files.readString(home.resolve("password")).strip()))
        : Optional.empty();
  }

  /**
   * Stops PostgreSQL in its fast mode: running statements are rolled back, everything committed is
   * flushed.
   */
  @Override
  public void close() throws IOException {
    postgres.close();
    inUse.close();
    log.info("PostgreSQL stopped");
  }
}

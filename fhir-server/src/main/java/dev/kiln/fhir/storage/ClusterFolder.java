package dev.kiln.fhir.storage;

import dev.kiln.fhir.CannotStart;
import dev.kiln.fhir.CannotStart.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of a PostgreSQL cluster, as far as it can be judged before the server runs. */
record ClusterFolder(Path path) {

  private static final Logger log = LoggerFactory.getLogger(ClusterFolder.class);

  /** Only the password opens the cluster, also to users of the same machine. */
  private static final String PASSWORDS_ONLY =
      """
      # Written by Kiln at every start.
      local all all scram-sha-256
      host  all all 127.0.0.1/32 scram-sha-256
      """;

  /**
   * Refuses a cluster that the programs in the jar cannot read.
   *
   * @throws CannotStart naming both majors and the way over
   */
  void refuseOtherMajor(int ours) throws IOException {
    Path version = path.resolve("PG_VERSION");
    if (Files.notExists(version)) {
      return;
    }
    String theirs = Files.readString(version).strip();
    if (!theirs.equals(String.valueOf(ours))) {
      throw new CannotStart(
          Cause.DATA_REFUSED,
          "The data in "
              + path
              + " is of PostgreSQL "
              + theirs
              + "; this Kiln brings "
              + ours
              + ".",
          "Back it up with the Kiln that wrote it, then restore that file into an empty folder.");
    }
  }

  /**
   * Stops the PostgreSQL that a killed Kiln left behind, since it holds the cluster's lock. The pid
   * in postmaster.pid is believed only when that process is a postgres: the number may belong to
   * somebody else by now.
   */
  void stopOrphan() throws IOException {
    Optional<ProcessHandle> orphan = postmaster();
    if (orphan.isEmpty()) {
      return;
    }
    ProcessHandle postmaster = orphan.get();
    log.warn("Stopping the PostgreSQL that an earlier run left behind, pid {}", postmaster.pid());
    // SIGTERM is PostgreSQL's smart shutdown: it waits for sessions, and those died with the
    // earlier run.
    postmaster.destroy();
    if (!gone(postmaster, 15)) {
      // The write-ahead log brings back everything that was committed.
      postmaster.destroyForcibly();
      gone(postmaster, 15);
    }
  }

  private static boolean gone(ProcessHandle process, int seconds) {
    try {
      process.onExit().get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The live postmaster of this cluster, if there is one. */
  private Optional<ProcessHandle> postmaster() throws IOException {
    Path pidFile = path.resolve("postmaster.pid");
    if (Files.notExists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.get(0).strip().matches("\\d+")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(this::isOurs);
  }

  /**
   * The number may be another program's by now, even another cluster's postmaster, so the command
   * must name this folder.
   */
  private boolean isOurs(ProcessHandle process) {
    String line = process.info().commandLine().orElse("");
    return line.contains("postgres") && line.contains(path.toString());
  }

  /** The port of the live postmaster; it stands in the fourth line of postmaster.pid. */
  OptionalInt livePort() throws IOException {
    if (postmaster().isEmpty()) {
      return OptionalInt.empty();
    }
    List<String> lines = Files.readAllLines(path.resolve("postmaster.pid"));
    return lines.size() < 4
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(lines.get(3).strip()));
  }

  /**
   * Moves a cluster aside whose making was cut short, by a full disk or a kill: PostgreSQL could
   * never start on it.
   *
   * @param mark a file that exists once PostgreSQL has run on the cluster
   */
  void setAsideIfUnfinished(Path mark) throws IOException {
    if (Files.exists(path) && Files.notExists(mark)) {
      Path aside = path.resolveSibling("unfinished-" + System.currentTimeMillis());
      Files.move(path, aside);
      log.warn("The making of the database was cut short; what there was lies in {}", aside);
    }
  }

  void requirePasswords() {
    try {
      Files.writeString(path.resolve("pg_hba.conf"), PASSWORDS_ONLY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

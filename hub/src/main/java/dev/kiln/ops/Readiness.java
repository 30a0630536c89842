package dev.kiln.ops;

import dev.kiln.fhir.LocalStore;
import dev.kiln.routes.InboxControl;
import dev.kiln.routes.RoutesSettings;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Ready means that it has just been seen to work: the store wrote, read and searched, the inbox
 * committed, the listener listens. The verdict is kept for a few seconds, since anyone may ask for
 * it.
 */
final class Readiness implements HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(Readiness.class);
  private static final Duration KEPT = Duration.ofSeconds(5);

  /** Bytes; one segment of PostgreSQL's write-ahead log. */
  private static final long LEAST_DISK = 16L << 20;

  private final LocalStore store;
  private final InboxControl inbox;
  private final RoutesSettings.Mllp mllp;
  private final File databaseFolder;
  private Health verdict = Health.unknown().build();
  private Instant judgedAt = Instant.EPOCH;

  Readiness(LocalStore store, InboxControl inbox, RoutesSettings.Mllp mllp, Path databaseFolder) {
    this.store = store;
    this.inbox = inbox;
    this.mllp = mllp;
    this.databaseFolder = databaseFolder.toFile();
  }

  @Override
  public synchronized Health health() {
    if (Instant.now().isAfter(judgedAt.plus(KEPT))) {
      verdict = judge();
      judgedAt = Instant.now();
    }
    return verdict;
  }

  private Health judge() {
    // A small write still finds room in the database's files when a message no longer does.
    if (databaseFolder.exists() && databaseFolder.getUsableSpace() < LEAST_DISK) {
      log.warn("Not ready: the disk is full");
      return Health.down().build();
    }
    try {
      store.prove();
      inbox.beat();
    } catch (RuntimeException e) {
      log.warn("Not ready: {}", e.getClass().getSimpleName());
      return Health.down().build();
    }
    try (Socket socket = new Socket()) {
      // As a sender does it: what the listener thinks of itself proves nothing.
      socket.connect(new InetSocketAddress(mllp.address(), mllp.port()), 2000);
    } catch (IOException e) {
      log.warn("Not ready: the MLLP listener does not answer");
      return Health.down().build();
    }
    return Health.up().build();
  }
}

package dev.kiln.ops;

import dev.kiln.fhir.LocalStore;
import dev.kiln.routes.control.InboxControl;
import dev.kiln.routes.control.ListenerControl;
import dev.kiln.routes.control.ListenerControl.Listener;
import dev.kiln.routes.control.ListenerControl.State;
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
 * committed, the listeners listen that are not paused. The verdict is kept for a few seconds, since
 * anyone may ask for it.
 */
final class Readiness implements HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(Readiness.class);
  private static final Duration KEPT = Duration.ofSeconds(5);

  /** Bytes; one segment of PostgreSQL's write-ahead log. */
  private static final long LEAST_DISK = 16L << 20;

  private final LocalStore store;
  private final InboxControl inbox;
  private final ListenerControl listeners;
  private final File databaseFolder;
  private Health verdict = Health.unknown().build();
  private Instant judgedAt = Instant.EPOCH;

  Readiness(LocalStore store, InboxControl inbox, ListenerControl listeners, Path databaseFolder) {
    this.store = store;
    this.inbox = inbox;
    this.listeners = listeners;
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
    for (Listener listener : listeners.listeners()) {
      if (!isPaused(listener) && !answers(listener)) {
        log.warn("Not ready: listener {} does not answer", listener.name());
        return Health.down().build();
      }
    }
    return Health.up().build();
  }

  /** Who pauses one wants the others to be served. */
  private static boolean isPaused(Listener listener) {
    return listener.state() == State.PAUSED || listener.state() == State.DRAINING;
  }

  /** As a sender finds it: what the listener thinks of itself proves nothing. */
  private static boolean answers(Listener listener) {
    if (listener.port() == 0) {
      // It is served by the web server, which has just been asked for this.
      return listener.state() == State.LISTENING;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(listener.address(), listener.port()), 2000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

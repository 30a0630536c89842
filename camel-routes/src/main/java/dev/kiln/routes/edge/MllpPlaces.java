package dev.kiln.routes.edge;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is served, and who waits for a place. Where all places are taken, the sender that has been
 * idle for longest gives way to one that has sent something; a newcomer that is silent, such as a
 * probe of the port, takes nobody's place.
 */
final class MllpPlaces {

  private static final Logger log = LoggerFactory.getLogger(MllpPlaces.class);

  private static final int MOST_WAITING = 64;
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

  private final int most;
  private final Patience patience;
  private final Function<Socket, MllpConnection> connections;
  private final ExecutorService threads = Executors.newCachedThreadPool(MllpPlaces::thread);
  private final Set<MllpConnection> served = ConcurrentHashMap.newKeySet();
  private final Deque<Newcomer> waiting = new ArrayDeque<>();
  private boolean full;

  private record Newcomer(Socket socket, long since) {}

  /**
   * @param most senders that are served at once
   * @param connections makes what serves one sender
   */
  MllpPlaces(int most, Patience patience, Function<Socket, MllpConnection> connections) {
    this.most = most;
    this.patience = patience;
    this.connections = connections;
  }

  private static Thread thread(Runnable serving) {
    return new Thread(serving, "mllp-connection");
  }

  int served() {
    return served.size();
  }

  /** False where newcomers must be left to the operating system's own queue. */
  boolean canAdd() {
    return waiting.size() < MOST_WAITING;
  }

  void add(Socket socket) {
    waiting.add(new Newcomer(socket, System.nanoTime()));
  }

  /** Serves those who wait as far as there are places; to be called again and again. */
  void arrange() {
    served.forEach(MllpConnection::closeIfStuck);
    for (Iterator<Newcomer> queue = waiting.iterator(); queue.hasNext(); ) {
      Newcomer newcomer = queue.next();
      boolean speaks = speaks(newcomer.socket());
      if (served.size() < most || speaks && makeRoom()) {
        queue.remove();
        serve(newcomer.socket());
      } else if (!speaks && System.nanoTime() - newcomer.since() > patience.idle().toNanos()) {
        queue.remove();
        close(newcomer.socket());
      }
    }
    if (!waiting.isEmpty() && !full) {
      log.warn("All {} places are taken, senders wait", most);
    }
    full = !waiting.isEmpty();
  }

  private static boolean speaks(Socket socket) {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean makeRoom() {
    Optional<MllpConnection> idle =
        served.stream()
            .filter(connection -> connection.idle() >= patience.idle().toNanos())
            .max(Comparator.comparingLong(MllpConnection::idle))
            .filter(MllpConnection::closeIfIdle);
    idle.ifPresent(
        connection -> {
          served.remove(connection);
          log.warn("{} was idle and has given its place to another sender", connection);
        });
    return idle.isPresent();
  }

  private void serve(Socket socket) {
    MllpConnection connection = connections.apply(socket);
    served.add(connection);
    threads.execute(
        () -> {
          try {
            connection.run();
          } finally {
            served.remove(connection);
          }
        });
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("Closing a socket failed: {}", e.getClass().getSimpleName());
    }
  }

  /**
   * Lets the messages that are under way be finished and acknowledged, and closes all connections.
   *
   * @return false where some have taken too long
   */
  boolean finish() {
    waiting.forEach(newcomer -> close(newcomer.socket()));
    waiting.clear();
    served.forEach(MllpConnection::stop);
    threads.shutdown();
    return ended(patience.stop());
  }

  /** Closes the connections that are left. */
  void abandon() {
    log.warn("{} senders had not finished when the listener was stopped", served.size());
    served.forEach(MllpConnection::close);
    ended(LAST_PATIENCE);
  }

  private boolean ended(Duration wait) {
    try {
      return threads.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

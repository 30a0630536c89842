package dev.kiln.routes.edge;

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
  private final Function<MllpSocket, Runnable> connections;
  private final ExecutorService threads = Executors.newCachedThreadPool(MllpPlaces::thread);
  private final Set<MllpSocket> served = ConcurrentHashMap.newKeySet();
  private final Deque<Newcomer> waiting = new ArrayDeque<>();
  private boolean full;

  private record Newcomer(MllpSocket socket, long since) {}

  /**
   * @param most senders that are served at once
   * @param connections makes what serves one sender
   */
  MllpPlaces(int most, Patience patience, Function<MllpSocket, Runnable> connections) {
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
    waiting.add(new Newcomer(new MllpSocket(socket), System.nanoTime()));
  }

  /** Serves those who wait as far as there are places; to be called again and again. */
  void arrange() {
    served.forEach(socket -> socket.closeIfStuck(patience.answer()));
    for (Iterator<Newcomer> queue = waiting.iterator(); queue.hasNext(); ) {
      Newcomer newcomer = queue.next();
      boolean speaks = newcomer.socket().speaks();
      if (served.size() < most || speaks && makeRoom()) {
        queue.remove();
        serve(newcomer.socket());
      } else if (!speaks && System.nanoTime() - newcomer.since() > patience.idle().toNanos()) {
        queue.remove();
        newcomer.socket().close();
      }
    }
    if (!waiting.isEmpty() && !full) {
      log.warn("All {} places are taken, senders wait", most);
    }
    full = !waiting.isEmpty();
  }

  private boolean makeRoom() {
    Optional<MllpSocket> idle =
        served.stream()
            .filter(socket -> socket.idle() >= patience.idle().toNanos())
            .max(Comparator.comparingLong(MllpSocket::idle))
            .filter(MllpSocket::closeIfIdle);
    idle.ifPresent(
        socket -> {
          served.remove(socket);
          log.warn("{} was idle and has given its place to another sender", socket);
        });
    return idle.isPresent();
  }

  private void serve(MllpSocket socket) {
    Runnable connection = connections.apply(socket);
    served.add(socket);
    threads.execute(
        () -> {
          try {
            connection.run();
          } finally {
            served.remove(socket);
          }
        });
  }

  /**
   * Lets the messages that are under way be finished and acknowledged, and closes all connections.
   *
   * @return false where some have taken too long
   */
  boolean finish() {
    waiting.forEach(newcomer -> newcomer.socket().close());
    waiting.clear();
    served.forEach(MllpSocket::stop);
    threads.shutdown();
    return ended(patience.stop());
  }

  /** Closes the connections that are left. */
  void abandon() {
    log.warn("{} senders had not finished when the listener was stopped", served.size());
    served.forEach(MllpSocket::close);
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

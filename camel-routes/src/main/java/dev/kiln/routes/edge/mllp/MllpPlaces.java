package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.edge.tls.HandshakeFault;
import dev.kiln.routes.edge.tls.ServerTls;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
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
 * probe of the port, takes nobody's place. TLS is agreed on before a place is asked for: only who
 * has shown the certificate that is wanted can make another give way.
 */
final class MllpPlaces {

  private static final Logger log = LoggerFactory.getLogger(MllpPlaces.class);

  private static final int MOST_WAITING = 64;
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

  private final int most;
  private final Patience patience;
  private final Function<MllpSocket, Runnable> connections;
  private final MllpMeters meters;
  private final ExecutorService threads;
  private final Set<MllpSocket> served = ConcurrentHashMap.newKeySet();
  private final Deque<Newcomer> waiting = new ArrayDeque<>();
  private boolean full;

  private record Newcomer(MllpSocket socket, long since) {

    boolean hasTaken(Duration time) {
      return System.nanoTime() - since > time.toNanos();
    }
  }

  /**
   * @param listener its name
   * @param most senders that are served at once
   * @param connections makes what serves one sender
   */
  MllpPlaces(
      String listener,
      int most,
      Patience patience,
      MllpMeters meters,
      Function<MllpSocket, Runnable> connections) {
    this.most = most;
    this.patience = patience;
    this.meters = meters;
    this.connections = connections;
    this.threads =
        Executors.newCachedThreadPool(serving -> new Thread(serving, "mllp-from-" + listener));
  }

  int served() {
    return served.size();
  }

  /** False where newcomers must be left to the operating system's own queue. */
  synchronized boolean canAdd() {
    return waiting.size() < MOST_WAITING;
  }

  /**
   * @param tls null where there is none
   */
  synchronized void add(Socket accepted, ServerTls tls) {
    MllpSocket socket = new MllpSocket(accepted, tls);
    waiting.add(new Newcomer(socket, System.nanoTime()));
    if (!socket.isOpen()) {
      threads.execute(() -> secure(socket));
    }
  }

  private void secure(MllpSocket socket) {
    try {
      if (socket.secure()) {
        meters.handshake("secured");
        arrange();
      } else {
        socket.close();
      }
    } catch (IOException e) {
      // Who took too long has been closed by this end, and is counted there.
      if (!socket.isClosed()) {
        fault(socket, HandshakeFault.of(e));
      }
      socket.close();
    } catch (RuntimeException e) {
      log.error("TLS with {} failed: {}", socket, e.getClass().getName());
      socket.close();
    }
  }

  private void fault(MllpSocket socket, HandshakeFault fault) {
    meters.handshake(fault.name().toLowerCase(Locale.ROOT));
    log.warn("No TLS with {}: {}", socket, fault);
  }

  /** Serves those who wait as far as there are places; to be called again and again. */
  synchronized void arrange() {
    served.forEach(socket -> socket.closeIfStuck(patience.answer()));
    boolean someWait = false;
    for (Iterator<Newcomer> queue = waiting.iterator(); queue.hasNext(); ) {
      Newcomer newcomer = queue.next();
      MllpSocket socket = newcomer.socket();
      if (socket.isClosed()) {
        queue.remove();
      } else if (!socket.isOpen()) {
        if (newcomer.hasTaken(patience.handshake())) {
          queue.remove();
          fault(socket, HandshakeFault.TIMEOUT);
          socket.close();
        }
      } else if (served.size() < most || socket.speaks() && makeRoom()) {
        queue.remove();
        serve(socket);
      } else if (!socket.speaks() && newcomer.hasTaken(patience.idle())) {
        queue.remove();
        socket.close();
      } else {
        someWait = true;
      }
    }
    if (someWait && !full) {
      log.warn("All {} places are taken, senders wait", most);
    }
    full = someWait;
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
    takeNobody();
    served.forEach(MllpSocket::stop);
    return ended(patience.stop());
  }

  /**
   * Lets all that has come be answered before the connections are closed; a sender that never
   * pauses is ended with the message at hand after a while.
   *
   * @return false where some have taken too long
   */
  boolean drain() {
    takeNobody();
    served.forEach(MllpSocket::drain);
    return ended(patience.stop()) || finish();
  }

  private synchronized void takeNobody() {
    waiting.forEach(newcomer -> newcomer.socket().close());
    waiting.clear();
    threads.shutdown();
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

package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.Progress;
import dev.kiln.routes.control.ListenerControl.Listener;
import dev.kiln.routes.control.ListenerControl.State;
import dev.kiln.routes.edge.FrameMemory;
import dev.kiln.routes.edge.Intake;
import dev.kiln.routes.edge.Way;
import dev.kiln.routes.edge.tls.ServerTls;
import dev.kiln.routes.edge.trial.TestsUnderWay;
import dev.kiln.routes.edge.trial.TrialRun;
import dev.kiln.routes.settings.MllpSettings;
import dev.kiln.routes.settings.RoutesSettings;
import dev.kiln.routes.settings.WrongListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;

/**
 * One listener for HL7 v2 messages in MLLP frames (HL7 "Transport Specification: MLLP, Release 1"),
 * with a thread for each connection.
 */
final class MllpListener implements Way {

  private static final Logger log = LoggerFactory.getLogger(MllpListener.class);

  /** Senders that the operating system keeps waiting, beyond those that wait here. */
  private static final int BACKLOG = 128;

  /** Milliseconds between two looks at who waits and who is stuck. */
  private static final int TICK = 250;

  private final String name;
  private final MllpSettings settings;
  private final Patience patience;
  private final Intake intake;
  private final Progress progress;
  private final MllpMeters meters;
  private final ServerTls tls;
  private final TestsUnderWay tests = new TestsUnderWay();
  private volatile int number;
  private volatile ServerSocket port;
  private volatile MllpPlaces places;
  private volatile State state = State.STOPPED;
  private FrameMemory memory;
  private Thread listening;

  /**
   * @throws WrongListener where the files of its TLS cannot be used
   */
  MllpListener(
      String name,
      MllpSettings settings,
      Patience patience,
      Intake intake,
      Progress progress,
      MeterRegistry metrics) {
    this.name = name;
    this.settings = settings;
    this.patience = patience;
    this.intake = intake;
    this.progress = progress;
    this.number = settings.port();
    this.tls = settings.tls() == null ? null : ServerTls.of(name, settings.tls());
    this.meters = new MllpMeters(metrics, name);
    meters.connections(this::connections);
    if (tls != null) {
      meters.certificate(tls::ends);
    }
  }

  /**
   * Opens the port; nothing happens where it is open.
   *
   * @throws PortInUseException where another program has the port
   */
  @Override
  public synchronized void start() {
    if (port != null) {
      return;
    }
    int limit = Math.toIntExact(settings.maxMessageSize().toBytes());
    memory = new FrameMemory(settings.maxBuffered().toBytes(), limit);
    MllpAnswers answers = new MllpAnswers(intake, meters, tests, limit);
    places =
        new MllpPlaces(
            name,
            settings.maxConnections(),
            patience,
            meters,
            socket ->
                new MllpConnection(
                    socket, new MllpFrames(memory, limit), answers, progress, patience, meters));
    port = bind();
    // Where the setting is 0, a listener that was paused comes back where it was.
    number = port.getLocalPort();
    state = State.LISTENING;
    log.info(
        "Listener {} takes {} on {}",
        name,
        tls == null ? "MLLP" : "MLLP over TLS",
        port.getLocalSocketAddress());
    listening = new Thread(() -> listen(port, places), "mllp-" + name);
    listening.start();
  }

  private ServerSocket bind() {
    try {
      ServerSocket opened = new ServerSocket();
      // Connections of an earlier run that linger in TIME_WAIT do not take the port.
      opened.setReuseAddress(true);
      opened.setSoTimeout(TICK);
      opened.bind(
          new InetSocketAddress(InetAddress.getByName(settings.address()), number), BACKLOG);
      return opened;
    } catch (BindException e) {
      throw new PortInUseException(number, e);
    } catch (IOException e) {
      throw new UncheckedIOException(RoutesSettings.setting(name) + ".address cannot be bound", e);
    }
  }

  /**
   * Ends with the port alone. Where an Error ends it, the port is closed as well: senders shall be
   * refused and the hub be seen as not ready, instead of everybody waiting in silence.
   */
  private void listen(ServerSocket port, MllpPlaces places) {
    long looked = System.nanoTime() - patience.renewal().toNanos();
    try (port) {
      while (!port.isClosed()) {
        try {
          places.arrange();
          if (tls != null && System.nanoTime() - looked >= patience.renewal().toNanos()) {
            looked = System.nanoTime();
            tls.look(Instant.now());
          }
          if (places.canAdd()) {
            places.add(port.accept(), tls);
          } else {
            Thread.sleep(TICK);
          }
        } catch (SocketTimeoutException e) {
          // Nobody new: those who are here are looked at all the same.
        } catch (IOException | RuntimeException e) {
          if (!port.isClosed()) {
            log.warn("No connection can be taken: {}", e.getClass().getName());
            Thread.sleep(TICK);
          }
        }
      }
    } catch (InterruptedException | IOException e) {
      log.warn("Listener {} ended: {}", name, e.getClass().getName());
    }
  }

  @Override
  public void test(TrialRun run) {
    tests.begin(run.bytes());
    try {
      MllpTrial.run(run, settings.address(), number, tls);
    } finally {
      tests.end(run.bytes());
    }
  }

  /** Closes the port, and the connections when all that has come is answered. */
  @Override
  public synchronized void pause() {
    if (port != null) {
      close(State.DRAINING, State.PAUSED);
    }
  }

  /** Closes the port, and the connections with the messages that are at hand. */
  @Override
  public synchronized void stop() {
    if (port != null) {
      close(State.STOPPED, State.STOPPED);
    }
  }

  private void close(State meanwhile, State afterwards) {
    state = meanwhile;
    try {
      port.close();
      listening.join();
    } catch (IOException e) {
      log.warn("The port of listener {} could not be closed: {}", name, e.getClass().getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean isDone = meanwhile == State.DRAINING ? places.drain() : places.finish();
    if (!isDone) {
      memory.close();
      places.abandon();
    }
    port = null;
    state = afterwards;
    log.info("Listener {} is {}", name, afterwards);
  }

  @Override
  public Listener told() {
    return new Listener(
        name,
        "mllp",
        settings.address(),
        number,
        state(),
        connections(),
        meters.lastFrame(),
        Optional.ofNullable(tls).map(ServerTls::ends),
        Optional.empty());
  }

  /** What it thinks of itself, unless its port has been closed by a fault. */
  State state() {
    ServerSocket open = port;
    return state == State.LISTENING && (open == null || open.isClosed()) ? State.STOPPED : state;
  }

  /** The port that is listened on, which is another than the setting's where that is 0. */
  int port() {
    return number;
  }

  private int connections() {
    MllpPlaces open = places;
    return open == null ? 0 : open.served();
  }
}

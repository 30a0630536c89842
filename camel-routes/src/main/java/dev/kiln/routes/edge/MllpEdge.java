package dev.kiln.routes.edge;

import dev.kiln.routes.Progress;
import dev.kiln.routes.RoutesSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.SmartLifecycle;

/**
 * Listens for HL7 v2 messages in MLLP frames (HL7 "Transport Specification: MLLP, Release 1"), with
 * a thread for each connection.
 */
final class MllpEdge implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(MllpEdge.class);

  /** Senders that the operating system keeps waiting, beyond those that wait here. */
  private static final int BACKLOG = 128;

  /** Milliseconds between two looks at who waits and who is stuck. */
  private static final int TICK = 250;

  private final RoutesSettings.Mllp settings;
  private final Patience patience;
  private final Intake intake;
  private final Progress progress;
  private final MeterRegistry metrics;
  private volatile ServerSocket port;
  private volatile MllpPlaces places;
  private FrameMemory memory;
  private Thread listening;

  MllpEdge(
      RoutesSettings.Mllp settings,
      Patience patience,
      Intake intake,
      Progress progress,
      MeterRegistry metrics) {
    this.settings = settings;
    this.patience = patience;
    this.intake = intake;
    this.progress = progress;
    this.metrics = metrics;
    Gauge.builder("kiln.mllp.connections", this, MllpEdge::connections)
        .description("Senders that are served")
        .register(metrics);
  }

  /**
   * @throws PortInUseException where another program has the port
   */
  @Override
  public void start() {
    int limit = Math.toIntExact(settings.maxMessageSize().toBytes());
    memory = new FrameMemory(settings.maxBuffered().toBytes(), limit);
    MllpAnswers answers = new MllpAnswers(intake, metrics, limit);
    places =
        new MllpPlaces(
            settings.maxConnections(),
            patience,
            socket ->
                new MllpConnection(
                    socket, new MllpFrames(memory, limit), answers, progress, patience));
    port = bind();
    log.info("MLLP listens on {}", port.getLocalSocketAddress());
    listening = new Thread(() -> listen(port, places), "mllp-listener");
    listening.start();
  }

  private ServerSocket bind() {
    try {
      ServerSocket opened = new ServerSocket();
      // Connections of an earlier run that linger in TIME_WAIT do not take the port.
      opened.setReuseAddress(true);
      opened.setSoTimeout(TICK);
      opened.bind(
          new InetSocketAddress(InetAddress.getByName(settings.address()), settings.port()),
          BACKLOG);
      return opened;
    } catch (BindException e) {
      throw new PortInUseException(settings.port(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("kiln.routes.mllp.address cannot be bound", e);
    }
  }

  /**
   * Ends with the port alone. Where an Error ends it, the port is closed as well: senders shall be
   * refused and the hub be seen as not ready, instead of everybody waiting in silence.
   */
  private static void listen(ServerSocket port, MllpPlaces places) {
    try (port) {
      while (!port.isClosed()) {
        try {
          places.arrange();
          if (places.canAdd()) {
            places.add(port.accept());
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
      log.warn("The MLLP listener ended: {}", e.getClass().getName());
    }
  }

  @Override
  public void stop() {
    try {
      port.close();
      listening.join();
    } catch (IOException e) {
      log.warn("The MLLP port could not be closed: {}", e.getClass().getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!places.finish()) {
      memory.close();
      places.abandon();
    }
    port = null;
  }

  @Override
  public boolean isRunning() {
    return port != null;
  }

  /** The port that is listened on, which is another than the setting's where that is 0. */
  int port() {
    return port.getLocalPort();
  }

  private int connections() {
    MllpPlaces open = places;
    return open == null ? 0 : open.served();
  }
}

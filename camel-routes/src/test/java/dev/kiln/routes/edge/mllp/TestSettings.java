package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.settings.Acknowledge;
import dev.kiln.routes.settings.MllpSettings;
import dev.kiln.routes.settings.TlsSettings;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Settings of listeners on ports that are free, with less patience than the hub has. */
final class TestSettings {

  static final int LIMIT = 64 << 10;

  static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(30),
          Duration.ofMillis(200),
          Duration.ofMillis(300),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1));

  private TestSettings() {}

  static MllpSettings plain(int port, int connections, int limit, int buffered) {
    return mllp(port, connections, limit, buffered, null);
  }

  static MllpSettings secured(int connections, TlsSettings tls) {
    return mllp(0, connections, LIMIT, 4 * LIMIT, tls);
  }

  private static MllpSettings mllp(
      int port, int connections, int limit, int buffered, TlsSettings tls) {
    return new MllpSettings(
        "127.0.0.1",
        port,
        connections,
        DataSize.ofBytes(limit),
        DataSize.ofBytes(buffered),
        Duration.ofSeconds(60),
        Acknowledge.ON_COMMIT,
        Duration.ofSeconds(10),
        tls);
  }

  static Patience withIdle(Duration idle) {
    return with(idle, PATIENCE.handshake(), PATIENCE.renewal());
  }

  static Patience with(Duration idle, Duration handshake, Duration renewal) {
    return new Patience(
        PATIENCE.frame(),
        PATIENCE.endOfBlock(),
        PATIENCE.silence(),
        idle,
        PATIENCE.answer(),
        PATIENCE.stop(),
        handshake,
        renewal);
  }
}

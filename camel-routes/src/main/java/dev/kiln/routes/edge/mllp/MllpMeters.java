package dev.kiln.routes.edge.mllp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What is counted of one listener; its name is the label of all of it. */
final class MllpMeters {

  private static final String LISTENER = "listener";

  private final MeterRegistry metrics;
  private final String listener;
  private final Counter bytes;
  private volatile Instant lastFrame;

  MllpMeters(MeterRegistry metrics, String listener) {
    this.metrics = metrics;
    this.listener = listener;
    this.bytes =
        Counter.builder("kiln.mllp.received")
            .description("Bytes that came over MLLP, after TLS")
            .baseUnit("bytes")
            .tag(LISTENER, listener)
            .register(metrics);
    Gauge.builder("kiln.mllp.last.frame.timestamp", this, MllpMeters::lastFrameSeconds)
        .description("When the last frame came, in seconds since 1970; not a number before it")
        .baseUnit("seconds")
        .tag(LISTENER, listener)
        .register(metrics);
  }

  /**
   * @param open how many senders are served at the moment
   */
  void connections(IntSupplier open) {
    Gauge.builder("kiln.mllp.connections", open, IntSupplier::getAsInt)
        .description("Senders that are served")
        .tag(LISTENER, listener)
        .strongReference(true)
        .register(metrics);
  }

  /**
   * @param ends when the listener's certificate ends
   */
  void certificate(Supplier<Instant> ends) {
    TimeGauge.builder(
            "kiln.certificate.expiry",
            () -> Duration.between(Instant.now(), ends.get()).toSeconds(),
            TimeUnit.SECONDS)
        .description("How long the certificate is still good; negative when it has ended")
        .tag(LISTENER, listener)
        .strongReference(true)
        .register(metrics);
  }

  /** Says that a partner has sent something. */
  void heard() {
    lastFrame = Instant.now();
  }

  /** Counts what came, by how it came. */
  void frame(String outcome) {
    Counter.builder("kiln.mllp.frames")
        .description("What came over MLLP: frames by how they came, and bytes outside of frames")
        .tag(LISTENER, listener)
        .tag("outcome", outcome)
        .register(metrics)
        .increment();
  }

  void bytes(int count) {
    bytes.increment(count);
  }

  /** Counts who wanted to agree on TLS. */
  void handshake(String outcome) {
    Counter.builder("kiln.mllp.handshakes")
        .description("TLS handshakes, by what became of them")
        .tag(LISTENER, listener)
        .tag("outcome", outcome)
        .register(metrics)
        .increment();
  }

  Optional<Instant> lastFrame() {
    return Optional.ofNullable(lastFrame);
  }

  private double lastFrameSeconds() {
    Instant last = lastFrame;
    return last == null ? Double.NaN : last.toEpochMilli() / 1000.0;
  }
}

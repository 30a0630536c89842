package dev.kiln.routes.edge.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What is counted of one listener; its name is the label of all of it. */
final class HttpMeters {

  private static final String LISTENER = "listener";

  private final MeterRegistry metrics;
  private final String listener;
  private final Counter bytes;
  private volatile Instant lastRequest;

  /**
   * @param open how many requests are under way at the moment
   */
  HttpMeters(MeterRegistry metrics, String listener, IntSupplier open) {
    this.metrics = metrics;
    this.listener = listener;
    this.bytes =
        Counter.builder("kiln.http.received")
            .description("Bytes of bodies that came over HL7 over HTTP")
            .baseUnit("bytes")
            .tag(LISTENER, listener)
            .register(metrics);
    Gauge.builder("kiln.http.connections", open, IntSupplier::getAsInt)
        .description("Requests of senders that are under way")
        .tag(LISTENER, listener)
        .strongReference(true)
        .register(metrics);
    TimeGauge.builder(
            "kiln.http.last.request.timestamp", this, TimeUnit.SECONDS, HttpMeters::lastSeconds)
        .description("When the last request came, in seconds since 1970; not a number before it")
        .tag(LISTENER, listener)
        .register(metrics);
  }

  void bytes(long count) {
    bytes.increment(count);
  }

  /** Says that a partner has sent something. */
  void heard() {
    lastRequest = Instant.now();
  }

  /** Counts a request by what it was answered. */
  void request(int status) {
    Counter.builder("kiln.http.requests")
        .description("Requests of HL7 over HTTP, by the status of their answers")
        .tag(LISTENER, listener)
        .tag("status", String.valueOf(status))
        .register(metrics)
        .increment();
  }

  Optional<Instant> lastRequest() {
    return Optional.ofNullable(lastRequest);
  }

  private double lastSeconds() {
    Instant last = lastRequest;
    return last == null ? Double.NaN : last.toEpochMilli() / 1000.0;
  }
}

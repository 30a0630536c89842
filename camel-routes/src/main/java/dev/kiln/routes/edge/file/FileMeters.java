package dev.kiln.routes.edge.file;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;

/** What is counted of one folder; its listener's name is the label of all of it. */
final class FileMeters {

  private static final String LISTENER = "listener";

  private final MeterRegistry metrics;
  private final String listener;
  private volatile Instant lastFile;
  private volatile int waiting;

  FileMeters(MeterRegistry metrics, String listener) {
    this.metrics = metrics;
    this.listener = listener;
    Gauge.builder("kiln.files.waiting", this, meters -> meters.waiting)
        .description("Finished files that have not been taken in yet")
        .tag(LISTENER, listener)
        .register(metrics);
  }

  void waiting(int files) {
    waiting = files;
  }

  /** Says that a partner has sent something. */
  void heard() {
    lastFile = Instant.now();
  }

  /** Counts a file by what became of it. */
  void file(String outcome) {
    Counter.builder("kiln.files")
        .description("Files that were dropped into a folder, by what became of them")
        .tag(LISTENER, listener)
        .tag("outcome", outcome)
        .register(metrics)
        .increment();
  }

  Optional<Instant> lastFile() {
    return Optional.ofNullable(lastFile);
  }
}

package dev.kiln.routes.inbox;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.Progress;
import dev.kiln.routes.Progress.Step;
import dev.kiln.routes.inbox.InboxTable.Leased;
import dev.kiln.routes.sink.Sink;
import dev.kiln.routes.sink.Sink.Delivered;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies one message after the other. A passing fault (the database is away, somebody changed the
 * same patient) is tried again and holds up what follows in the message's lanes; a lasting one
 * makes the message a dead letter and lets the next one through.
 */
final class InboxWorker {

  private static final Logger log = LoggerFactory.getLogger(InboxWorker.class);

  /**
   * After these, an inner failure of the store counts as lasting. An absent database is waited for
   * without end.
   */
  private static final int MOST_ATTEMPTS = 6;

  /**
   * Longer than any transaction of the store. A worker that is slower only does work in vain: a
   * message is applied once.
   */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final UUID id = UUID.randomUUID();
  private final InboxTable table;
  private final Map<String, MessageFormat> formats;
  private final Sink sink;
  private final MeterRegistry metrics;
  private final Progress progress;
  private final Awaited awaited;

  InboxWorker(
      InboxTable table,
      List<MessageFormat> formats,
      Sink sink,
      MeterRegistry metrics,
      Progress progress,
      Awaited awaited) {
    this.table = table;
    this.formats =
        formats.stream().collect(Collectors.toMap(MessageFormat::name, Function.identity()));
    this.sink = sink;
    this.metrics = metrics;
    this.progress = progress;
    this.awaited = awaited;
  }

  /**
   * Applies the next message, where there is one.
   *
   * @return false where none may be applied at this moment
   * @throws org.springframework.dao.DataAccessException where the inbox cannot be reached; what was
   *     leased is leased again later
   */
  boolean work() {
    Optional<Leased> leased = table.lease(id, LEASE);
    leased.ifPresent(
        message -> {
          progress.reached(Step.LEASED);
          apply(message);
        });
    return leased.isPresent();
  }

  /**
   * Errors are caught as well: a message that overflows the stack must not take a worker with it.
   */
  private void apply(Leased message) {
    Translation translation;
    try {
      translation = formats.get(message.format()).translate(message.raw());
    } catch (RuntimeException | StackOverflowError e) {
      deadLetter(message, "UNTRANSLATABLE", new Fault(e));
      return;
    }
    Delivered delivered;
    try {
      delivered = sink.deliver(message.delivery(), translation.statement());
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      failed(message, new Fault(e));
      return;
    }
    List<String> warnings = new ArrayList<>(translation.warnings());
    warnings.addAll(delivered.outcome().warnings());
    table.applied(id(message), translation, warnings, delivered.trace());
    progress.reached(Step.MARKED_DONE);
    finished(message, "applied", Awaited.Outcome.APPLIED);
  }

  private void failed(Leased message, Fault fault) {
    boolean lasting =
        fault.isRefusal() || !fault.isPassing() && table.attempted(id(message)) >= MOST_ATTEMPTS;
    if (lasting) {
      deadLetter(message, "STORE_REFUSED", fault);
      return;
    }
    int faults = table.postpone(id(message));
    // Two who write to one patient at the same time are nothing to report; one of them waits.
    if (faults > 3) {
      log.warn("Message {} failed and is tried again: {}", id(message), fault.place());
    }
  }

  private void deadLetter(Leased message, String reason, Fault fault) {
    log.error("Message {} is a dead letter, {}: {}", id(message), reason, fault.place());
    table.failed(id(message), reason, fault.thrown().getMessage());
    finished(message, "failed", Awaited.Outcome.FAILED);
  }

  private void finished(Leased message, String outcome, Awaited.Outcome told) {
    metrics.counter("kiln.inbox.finished", "outcome", outcome, "type", message.type()).increment();
    awaited.tell(id(message), told);
  }

  private static MessageId id(Leased message) {
    return message.delivery().message();
  }
}

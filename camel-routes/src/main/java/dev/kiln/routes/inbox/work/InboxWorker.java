package dev.kiln.routes.inbox.work;

import dev.kiln.routes.Progress;
import dev.kiln.routes.Progress.Step;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Translation;
import dev.kiln.routes.inbox.queue.Awaited;
import dev.kiln.routes.inbox.queue.Leases;
import dev.kiln.routes.inbox.queue.Leases.Leased;
import dev.kiln.routes.inbox.seal.SealBroken;
import dev.kiln.routes.sink.Sink;
import dev.kiln.routes.sink.Sink.Delivered;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies one message after the other. A passing fault (the database is away, somebody changed the
 * same patient) is tried again and holds up what follows in the message's lanes; a lasting one
 * makes the message a dead letter and lets the next one through.
 */
public final class InboxWorker {

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

  private final Leases leases;
  private final Map<String, MessageFormat> formats;
  private final Sink sink;
  private final WorkMeters meters;
  private final Progress progress;
  private final Awaited awaited;

  /** Of which nobody knows what the inbox thinks. */
  private final Set<UUID> unsettled = ConcurrentHashMap.newKeySet();

  public InboxWorker(
      Leases leases,
      List<MessageFormat> formats,
      Sink sink,
      MeterRegistry metrics,
      Progress progress,
      Awaited awaited) {
    this.leases = leases;
    this.formats =
        formats.stream().collect(Collectors.toMap(MessageFormat::name, Function.identity()));
    this.sink = sink;
    this.meters = new WorkMeters(metrics);
    this.progress = progress;
    this.awaited = awaited;
  }

  /**
   * Applies the next message, where there is one.
   *
   * @return false where none may be applied at this moment
   * @throws org.springframework.dao.DataAccessException where the inbox cannot be reached; what was
   *     leased is given back when it can be again
   */
  public boolean work() {
    giveBack();
    UUID lease = UUID.randomUUID();
    boolean isSettled = false;
    try {
      Optional<Leased> leased = leases.lease(lease, LEASE);
      leased.ifPresent(
          message -> {
            progress.reached(Step.LEASED);
            apply(message);
          });
      isSettled = true;
      return leased.isPresent();
    } finally {
      if (!isSettled) {
        unsettled.add(lease);
      }
    }
  }

  /**
   * A database that was away has kept the leases of those that were at work. Their lanes would wait
   * until the leases run out.
   */
  private void giveBack() {
    for (UUID lease : unsettled) {
      leases.giveBack(lease);
      unsettled.remove(lease);
    }
  }

  /**
   * Errors are caught as well: a message that overflows the stack or the memory must not take a
   * worker with it, and one worker after the other when its lease has run out.
   */
  private void apply(Leased message) {
    Translation translation;
    try {
      translation = formats.get(message.format()).translate(message.raw());
    } catch (OutOfMemoryError e) {
      // Others may have used it up.
      failed(message, new Fault(e));
      return;
    } catch (SealBroken e) {
      deadLetter(message, "SEAL_BROKEN", new Fault(e));
      return;
    } catch (RuntimeException | Error e) {
      deadLetter(message, "UNTRANSLATABLE", new Fault(e));
      return;
    }
    Delivered delivered;
    try {
      delivered = sink.deliver(message.delivery(), translation.statement());
    } catch (RuntimeException | Error e) {
      failed(message, new Fault(e));
      return;
    }
    List<String> warnings = new ArrayList<>(translation.warnings());
    warnings.addAll(delivered.outcome().warnings());
    if (leases.applied(message, translation, warnings, delivered.trace())) {
      progress.reached(Step.MARKED_DONE);
      finished(message, "applied", Awaited.Outcome.APPLIED);
    }
  }

  private void failed(Leased message, Fault fault) {
    boolean lasting =
        fault.isRefusal() || !fault.isPassing() && leases.attempted(message) >= MOST_ATTEMPTS;
    if (lasting) {
      deadLetter(message, "STORE_REFUSED", fault);
      return;
    }
    int faults = leases.postpone(message);
    meters.postponed();
    // Two who write to one patient at the same time are nothing to report; one of them waits.
    if (faults > 3) {
      log.warn("Message {} failed and is tried again: {}", message.id(), fault.place());
    }
  }

  private void deadLetter(Leased message, String reason, Fault fault) {
    if (leases.failed(message, reason, fault.thrown().getMessage())) {
      log.error("Message {} is a dead letter, {}: {}", message.id(), reason, fault.place());
      finished(message, "failed", Awaited.Outcome.FAILED);
    }
  }

  private void finished(Leased message, String outcome, Awaited.Outcome told) {
    meters.finished(message, outcome);
    awaited.tell(message.id(), told);
  }
}

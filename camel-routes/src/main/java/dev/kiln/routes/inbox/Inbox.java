package dev.kiln.routes.inbox;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.Progress;
import dev.kiln.routes.Progress.Step;
import dev.kiln.routes.RejectReason;
import dev.kiln.routes.control.InboxControl;
import dev.kiln.routes.inbox.queue.Arrivals;
import dev.kiln.routes.inbox.queue.Arrivals.Kept;
import dev.kiln.routes.inbox.queue.Arrivals.Taken;
import dev.kiln.routes.inbox.queue.Awaited;
import dev.kiln.routes.inbox.work.InboxWorkers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/**
 * Takes raw bytes, commits them, and says what to acknowledge. Every edge ends here. A positive
 * acknowledgement leaves only after the commit, so that a sender may forget what it has been
 * acknowledged.
 */
public final class Inbox implements InboxControl {

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  private final Arrivals arrivals;
  private final InboxWorkers workers;
  private final Awaited awaited;
  private final Map<String, MessageFormat> formats;
  private final MeterRegistry metrics;
  private final Progress progress;

  Inbox(
      Arrivals arrivals,
      InboxWorkers workers,
      Awaited awaited,
      List<MessageFormat> formats,
      MeterRegistry metrics,
      Progress progress) {
    this.arrivals = arrivals;
    this.workers = workers;
    this.awaited = awaited;
    this.formats =
        formats.stream().collect(Collectors.toMap(MessageFormat::name, Function.identity()));
    this.metrics = metrics;
    this.progress = progress;
  }

  /**
   * Commits the bytes, accepted or refused, and acknowledges the commit.
   *
   * @param source the name of the listener that they came to
   */
  public Answer accept(MessageFormat format, byte[] raw, String source) {
    return accept(format, raw, source, Duration.ZERO);
  }

  /**
   * Commits the bytes, and waits for what becomes of them before it acknowledges. A message that
   * takes longer is acknowledged as committed: it will be applied, or become a dead letter.
   *
   * @param patience how long to wait; zero for not at all
   */
  public Answer accept(MessageFormat format, byte[] raw, String source, Duration patience) {
    Receipt receipt = format.judge(raw);
    Optional<Taken> committed = commit(format, raw, source, receipt);
    if (committed.isEmpty()) {
      return answer(format, raw, notStored(receipt));
    }
    progress.reached(Step.RAW_COMMITTED);
    if (receipt.isAccepted()) {
      workers.wake();
      if (!patience.isZero() && hasFailed(committed.get().id(), patience)) {
        return answer(
            format,
            raw,
            receipt.refusedBecause(
                new Refusal(
                    RejectReason.NOT_APPLIED,
                    "",
                    "The message is kept and could not be applied; see the dead letters.")));
      }
    }
    return answer(format, raw, receipt);
  }

  private static Answer answer(MessageFormat format, byte[] raw, Receipt receipt) {
    return new Answer(
        format.acknowledge(raw, receipt),
        format.charset(raw),
        receipt.isAccepted() ? null : receipt.refusal().reason());
  }

  /**
   * Commits bytes that the edge refuses, for example because they are no whole message.
   *
   * @param source as for {@link #accept}
   */
  public Answer refuse(MessageFormat format, byte[] raw, String source, Refusal why) {
    Receipt receipt = format.judge(raw).refusedBecause(why);
    boolean isKept = commit(format, raw, source, receipt).isPresent();
    return answer(format, raw, isKept ? receipt : notStored(receipt));
  }

  /** Empty where it cannot be done. */
  private Optional<Taken> commit(MessageFormat format, byte[] raw, String source, Receipt receipt) {
    try {
      Taken taken = arrivals.insert(format.name(), raw, source, receipt);
      count(source, receipt, taken.isNew());
      return Optional.of(taken);
    } catch (DataAccessException | TransactionException e) {
      // The exception's message can quote the row, and with it the patient.
      log.error("The inbox cannot commit a message: {}", e.getClass().getSimpleName());
      count(source, notStored(receipt), true);
      return Optional.empty();
    }
  }

  private static Receipt notStored(Receipt receipt) {
    return receipt.refusedBecause(
        new Refusal(
            RejectReason.NOT_STORED, "", "The message could not be stored; send it again."));
  }

  @Override
  public Result replay(MessageId id, Duration patience) {
    Kept kept =
        arrivals
            .kept(id)
            .orElseThrow(() -> new NoSuchElementException("There is no message " + id));
    if (kept.waits()) {
      throw new IllegalStateException("Message " + id + " waits to be applied already");
    }
    Receipt receipt = formats.get(kept.format()).judge(kept.raw());
    if (!receipt.isAccepted()) {
      return new Result(State.REFUSED, receipt.refusal().reason().name());
    }
    try {
      arrivals.replay(id, receipt, kept.source());
    } catch (DuplicateKeyException e) {
      throw new IllegalStateException(
          "The sender has sent message " + id + " again; that one counts", e);
    }
    workers.wake();
    return awaited
        .outcome(id, patience, () -> arrivals.outcome(id))
        .map(outcome -> result(id, outcome))
        .orElse(new Result(State.WAITING, ""));
  }

  private Result result(MessageId id, Awaited.Outcome outcome) {
    return outcome == Awaited.Outcome.APPLIED
        ? new Result(State.APPLIED, "")
        : new Result(State.FAILED, arrivals.reason(id));
  }

  @Override
  public void beat() {
    arrivals.beat();
    if (!workers.isRunning()) {
      throw new IllegalStateException("A worker of the inbox has ended");
    }
  }

  private boolean hasFailed(MessageId id, Duration patience) {
    return awaited
        .outcome(id, patience, () -> arrivals.outcome(id))
        .filter(outcome -> outcome == Awaited.Outcome.FAILED)
        .isPresent();
  }

  private void count(String source, Receipt receipt, boolean fresh) {
    String outcome =
        receipt.isAccepted()
            ? fresh ? "accepted" : "repeated"
            : receipt.refusal().reason().name().toLowerCase(Locale.ROOT);
    Counter.builder("kiln.inbox.received")
        .description("Messages that reached the inbox, by what became of them")
        .tag("listener", source)
        .tag("outcome", outcome)
        .register(metrics)
        .increment();
  }
}

package dev.kiln.routes.inbox;

import dev.kiln.routes.sink.Sink;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Applies what the inbox holds, one message after the other in the order of arrival. A passing
 * fault (the database is away, somebody changed the same patient) is tried again and holds up what
 * follows; a lasting one makes the message a dead letter and lets the next one through.
 */
final class InboxWorker implements SmartLifecycle, Runnable {

  private static final Logger log = LoggerFactory.getLogger(InboxWorker.class);

  /**
   * After these, an inner failure of the store counts as lasting. An absent database is waited for
   * without end.
   */
  private static final int MOST_ATTEMPTS = 6;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final InboxTable table;
  private final Map<String, MessageFormat> formats;
  private final Sink sink;
  private final MeterRegistry metrics;
  private final Semaphore news = new Semaphore(0);
  private volatile Thread thread;

  InboxWorker(InboxTable table, List<MessageFormat> formats, Sink sink, MeterRegistry metrics) {
    this.table = table;
    this.formats =
        formats.stream().collect(Collectors.toMap(MessageFormat::name, Function.identity()));
    this.sink = sink;
    this.metrics = metrics;
  }

  /** Tells the worker that a message has been committed. */
  void wake() {
    news.release();
  }

  @Override
  public void run() {
    int faults = 0;
    while (thread == Thread.currentThread()) {
      try {
        Optional<InboxMessage> message = table.next();
        if (message.isPresent()) {
          faults = apply(message.get()) ? 0 : faults + 1;
        } else {
          faults = 0;
          // Also without news a look now and then: what an earlier run left behind has nobody to
          // announce it.
          news.tryAcquire(1, TimeUnit.SECONDS);
          news.drainPermits();
        }
      } catch (DataAccessException e) {
        log.warn("The inbox cannot be read: {}", e.getClass().getSimpleName());
        faults++;
      } catch (InterruptedException e) {
        return;
      }
      if (faults > 0 && !pause(faults)) {
        return;
      }
    }
  }

  /**
   * Returns false where the message must be tried again. Errors are caught as well: a message that
   * overflows the stack must not take the only worker with it.
   */
  private boolean apply(InboxMessage message) {
    Translation translation;
    try {
      translation = formats.get(message.format()).translate(message.raw());
    } catch (RuntimeException | StackOverflowError e) {
      return deadLetter(message, "UNTRANSLATABLE", new Fault(e));
    }
    try {
      sink.apply(message.id(), message.sender(), message.receivedAt(), translation.statement());
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      Fault fault = new Fault(e);
      boolean lasting =
          fault.isRefusal() || !fault.isPassing() && table.attempted(message.id()) >= MOST_ATTEMPTS;
      return lasting ? deadLetter(message, "STORE_REFUSED", fault) : again(message, fault);
    }
    table.applied(message.id(), translation.warnings());
    finished(message, "applied");
    return true;
  }

  private boolean again(InboxMessage message, Fault fault) {
    log.warn("Message {} failed and is tried again: {}", message.id(), fault.place());
    return false;
  }

  private boolean deadLetter(InboxMessage message, String reason, Fault fault) {
    log.error("Message {} is a dead letter, {}: {}", message.id(), reason, fault.place());
    table.failed(message.id(), reason, fault.thrown().getMessage());
    finished(message, "failed");
    return true;
  }

  private void finished(InboxMessage message, String outcome) {
    metrics.counter("kiln.inbox.finished", "outcome", outcome, "type", message.type()).increment();
  }

  /** Doubles from a quarter of a second; returns false when the worker is stopped meanwhile. */
  private static boolean pause(int faults) {
    long millis = Math.min(LONGEST_PAUSE.toMillis(), 250L << Math.min(faults - 1, 7));
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public void start() {
    Thread started = new Thread(this, "inbox-worker");
    thread = started;
    started.start();
  }

  /**
   * Lets the message at hand finish: an interrupt in the middle of a commit would leave its end
   * unknown.
   */
  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      wake();
      try {
        running.join(20_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    Thread running = thread;
    return running != null && running.isAlive();
  }
}

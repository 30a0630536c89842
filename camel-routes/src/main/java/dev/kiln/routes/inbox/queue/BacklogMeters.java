package dev.kiln.routes.inbox.queue;

import dev.kiln.routes.inbox.queue.Backlog.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * What waits, by listener, and the dead letters by reason. They are counted every few seconds and
 * not when somebody asks, so that many who ask cost the inbox nothing. A lane is about a patient,
 * and there are as many as patients: they are counted and never labels.
 */
public final class BacklogMeters implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(BacklogMeters.class);
  private static final int SECONDS = 10;

  /** With a million that wait a count is slow, just when the inbox has to catch up. */
  private static final int SHARE = 20;

  private static final Waiting NONE = new Waiting(0, Duration.ZERO, 0);

  private final Backlog backlog;
  private final MultiGauge messages;
  private final MultiGauge oldest;
  private final MultiGauge blocked;
  private final MultiGauge deadLetters;

  /** Those that have been seen once are told of from then on, so that what is over is 0. */
  private final Set<String> listeners;

  private final Set<String> reasons =
      new TreeSet<>(Set.of("UNTRANSLATABLE", "STORE_REFUSED", "SEAL_BROKEN"));
  private ScheduledExecutorService thread;

  public BacklogMeters(Backlog backlog, Collection<String> listeners, MeterRegistry metrics) {
    this.backlog = backlog;
    this.listeners = new TreeSet<>(listeners);
    this.messages =
        MultiGauge.builder("kiln.inbox.waiting")
            .description("Messages that wait, by the listener that they came to")
            .register(metrics);
    this.oldest =
        MultiGauge.builder("kiln.inbox.waiting.oldest")
            .description("How long the oldest of them has waited")
            .baseUnit("seconds")
            .register(metrics);
    this.blocked =
        MultiGauge.builder("kiln.inbox.lanes.blocked")
            .description("Lanes whose first message has failed and is tried again")
            .register(metrics);
    this.deadLetters =
        MultiGauge.builder("kiln.inbox.dead.letters")
            .description("Dead letters by their reason")
            .register(metrics);
  }

  @Override
  public synchronized void start() {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "inbox-meters");
              daemon.setDaemon(true);
              return daemon;
            });
    thread.execute(this::countOnAndOn);
  }

  private void countOnAndOn() {
    long begin = System.nanoTime();
    count();
    again(Math.max(TimeUnit.SECONDS.toNanos(SECONDS), SHARE * (System.nanoTime() - begin)));
  }

  private synchronized void again(long pause) {
    if (thread != null) {
      thread.schedule(this::countOnAndOn, pause, TimeUnit.NANOSECONDS);
    }
  }

  /** What cannot be counted is not a number: the last one would pass for the present one. */
  void count() {
    try {
      Map<String, Waiting> waiting = backlog.byListener();
      Map<String, Long> dead = backlog.deadLettersByReason();
      listeners.addAll(waiting.keySet());
      reasons.addAll(dead.keySet());
      byListener(messages, name -> waiting.getOrDefault(name, NONE).messages());
      byListener(oldest, name -> waiting.getOrDefault(name, NONE).oldest().toMillis() / 1000.0);
      byListener(blocked, name -> waiting.getOrDefault(name, NONE).blocked());
      show(deadLetters, "reason", reasons, reason -> dead.getOrDefault(reason, 0L));
    } catch (DataAccessException e) {
      log.warn("What waits cannot be counted: {}", e.getClass().getSimpleName());
      List.of(messages, oldest, blocked).forEach(gauge -> byListener(gauge, name -> Double.NaN));
      show(deadLetters, "reason", reasons, reason -> Double.NaN);
    }
  }

  private void byListener(MultiGauge gauge, ToDoubleFunction<String> value) {
    show(gauge, "listener", listeners, value);
  }

  private static void show(
      MultiGauge gauge, String label, Set<String> names, ToDoubleFunction<String> value) {
    gauge.register(
        names.stream()
            .<Row<?>>map(name -> Row.of(Tags.of(label, name), value.applyAsDouble(name)))
            .toList(),
        true);
  }

  @Override
  public synchronized void stop() {
    thread.shutdownNow();
    thread = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}

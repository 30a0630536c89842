package dev.kiln.routes.inbox.retention;

import dev.kiln.routes.settings.RoutesSettings.Retention;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Deletes every hour what has been kept for long enough: a few messages at a time with a pause
 * after them, so that whoever sends meanwhile notices nothing.
 */
public final class Pruning implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Pruning.class);
  private static final int AT_ONCE = 500;

  /** As long again as the deletion takes, or this, whichever is longer. */
  private static final long LEAST_PAUSE_MILLIS = 50;

  private final FinishedMessages messages;
  private final Map<String, Duration> ages;
  private final MeterRegistry metrics;
  private ScheduledExecutorService hourly;

  public Pruning(FinishedMessages messages, Retention retention, MeterRegistry metrics) {
    this.messages = messages;
    this.metrics = metrics;
    this.ages = new TreeMap<>();
    keep("applied", retention.applied());
    keep("rejected", retention.refused());
    keep("failed", retention.deadLetters());
  }

  private void keep(String state, Duration age) {
    if (age != null) {
      ages.put(state, age);
    }
  }

  /** Only where something is to be deleted at all. */
  @Override
  public synchronized void start() {
    hourly =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "inbox-pruning");
              thread.setDaemon(true);
              return thread;
            });
    if (!ages.isEmpty()) {
      hourly.scheduleWithFixedDelay(this::prune, 5, 60, TimeUnit.MINUTES);
    }
  }

  /** A run that fails is made up for by the next one. */
  void prune() {
    for (Map.Entry<String, Duration> kept : ages.entrySet()) {
      long deleted = 0;
      try {
        int some = AT_ONCE;
        while (some == AT_ONCE) {
          long begin = System.nanoTime();
          some = messages.delete(kept.getKey(), kept.getValue(), AT_ONCE);
          deleted += some;
          metrics.counter("kiln.inbox.pruned", "state", kept.getKey()).increment(some);
          long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
          Thread.sleep(Math.max(LEAST_PAUSE_MILLIS, millis));
        }
      } catch (DataAccessException e) {
        log.warn("Old messages cannot be deleted: {}", e.getClass().getSimpleName());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        if (deleted > 0) {
          log.info(
              "Deleted {} messages, {} for longer than {}",
              deleted,
              kept.getKey(),
              kept.getValue());
        }
      }
    }
  }

  @Override
  public synchronized void stop() {
    hourly.shutdownNow();
    hourly = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return hourly != null;
  }
}

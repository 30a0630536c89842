package dev.kiln.routes.alert;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks once a minute, and tells within a second. */
final class AlertThread implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(AlertThread.class);

  private final Alerts alerts;
  private ScheduledExecutorService thread;

  AlertThread(Alerts alerts) {
    this.alerts = alerts;
  }

  /** The first look is a minute after the start: not everything is open at its beginning. */
  @Override
  public synchronized void start() {
    alerts.resume();
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "alerts");
              daemon.setDaemon(true);
              return daemon;
            });
    thread.scheduleWithFixedDelay(() -> run(alerts::look), 60, 60, TimeUnit.SECONDS);
    thread.scheduleWithFixedDelay(() -> run(this::deliver), 1, 1, TimeUnit.SECONDS);
  }

  private void deliver() {
    try {
      alerts.deliver();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that is thrown would end the schedule without a word. */
  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("Alerts failed and go on: {}", e.getClass().getName());
    }
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

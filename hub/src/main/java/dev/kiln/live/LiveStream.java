package dev.kiln.live;

import dev.kiln.routes.control.ListenerTraffic;
import dev.kiln.routes.control.ListenerTraffic.Totals;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Looks every two seconds whether something has come, been finished or failed, once for all who
 * watch, and tells them that it has. What it is they ask with their tokens.
 */
final class LiveStream implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  /** Then a new ticket is needed, and who has lost the right since gets none. */
  private static final Duration MOST = Duration.ofMinutes(5);

  private static final int MOST_WATCHERS = 500;

  private final ListenerTraffic traffic;
  private final Set<SseEmitter> watchers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live");
            thread.setDaemon(true);
            return thread;
          });
  private Totals last;
  private volatile boolean isRunning;

  LiveStream(ListenerTraffic traffic) {
    this.traffic = traffic;
  }

  @Override
  public void start() {
    isRunning = true;
    clock.scheduleWithFixedDelay(
        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * @return null where there are too many already
   */
  SseEmitter watch() {
    if (watchers.size() >= MOST_WATCHERS) {
      return null;
    }
    Totals now = traffic.totals();
    SseEmitter watcher = new SseEmitter(MOST.toMillis());
    watcher.onCompletion(() -> watchers.remove(watcher));
    watcher.onTimeout(watcher::complete);
    watcher.onError(broken -> watchers.remove(watcher));
    watchers.add(watcher);
    // The headers go with the first bytes, and the browser waits for them.
    tell(watcher, now);
    return watcher;
  }

  private void look() {
    if (watchers.isEmpty()) {
      return;
    }
    try {
      Totals now = traffic.totals();
      if (!now.equals(last)) {
        last = now;
        watchers.forEach(watcher -> tell(watcher, now));
      }
    } catch (RuntimeException e) {
      // The database may be away; the task would never run again.
      log.debug("The inbox cannot be looked at: {}", e.getClass().getSimpleName());
    }
  }

  private void tell(SseEmitter watcher, Totals now) {
    try {
      watcher.send(
          SseEmitter.event()
              .name("change")
              .data(
                  Map.of(
                      "waiting", now.waiting(),
                      "failed", now.deadLetters(),
                      "received", now.latest()),
                  MediaType.APPLICATION_JSON));
    } catch (IOException | IllegalStateException e) {
      watchers.remove(watcher);
    }
  }

  /** First of all, or the server would wait for those who watch before it shuts down. */
  @Override
  public void stop() {
    isRunning = false;
    clock.shutdownNow();
    watchers.forEach(SseEmitter::complete);
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }
}

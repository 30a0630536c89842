package dev.kiln.routes.inbox.work;

import dev.kiln.routes.inbox.queue.Leases;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** The threads that apply messages. */
public final class InboxWorkers implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(InboxWorkers.class);
  private static final long LONGEST_PAUSE = 30_000;

  private final Leases leases;
  private final InboxWorker worker;
  private final int count;
  private final Semaphore news = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  public InboxWorkers(Leases leases, InboxWorker worker, int count) {
    this.leases = leases;
    this.worker = worker;
    this.count = count;
  }

  /** Tells the workers that a message has been committed. */
  public void wake() {
    news.release();
  }

  private void run() {
    int faults = 0;
    while (running) {
      try {
        // A finished message may have freed its lanes for the next one, so that there is always a
        // second look.
        if (!worker.work()) {
          // Also without news a look now and then: what an earlier run left behind, or what waits
          // for its next try, has nobody to announce it.
          news.tryAcquire(250, TimeUnit.MILLISECONDS);
        }
        faults = 0;
      } catch (DataAccessException e) {
        log.warn("The inbox cannot be reached: {}", e.getClass().getSimpleName());
        faults++;
        pause(faults);
      } catch (RuntimeException | Error e) {
        // Whatever it is, the messages of all others still have to be applied.
        log.error("A worker of the inbox failed and goes on: {}", e.getClass().getName());
        faults++;
        pause(faults);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void pause(int faults) {
    try {
      Thread.sleep(Math.min(LONGEST_PAUSE, 250L << Math.min(faults - 1, 7)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void start() {
    leases.releaseAll();
    running = true;
    for (int number = 1; number <= count; number++) {
      Thread thread = new Thread(this::run, "inbox-worker-" + number);
      threads.add(thread);
      thread.start();
    }
  }

  /**
   * Lets the messages at hand finish: an interrupt in the middle of a commit would leave its end
   * unknown.
   */
  @Override
  public void stop() {
    running = false;
    news.release(threads.size());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return running && threads.stream().allMatch(Thread::isAlive);
  }
}

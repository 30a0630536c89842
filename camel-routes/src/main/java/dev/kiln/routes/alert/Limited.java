package dev.kiln.routes.alert;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call that is waited for a while only: a database that hangs gives no error, and whoever tells
 * of it must not hang with it. One that is still under way is not begun again.
 */
final class Limited<T> {

  static final Duration USUAL = Duration.ofSeconds(20);

  private final Callable<T> call;
  private final Duration most;
  private FutureTask<T> underWay;

  Limited(Callable<T> call, Duration most) {
    this.call = call;
    this.most = most;
  }

  /**
   * @throws IllegalStateException where it has failed, or has not ended in time
   */
  T get() {
    if (underWay == null) {
      underWay = new FutureTask<>(call);
      Thread thread = new Thread(underWay, "watch");
      thread.setDaemon(true);
      thread.start();
    }
    try {
      T result = underWay.get(most.toMillis(), TimeUnit.MILLISECONDS);
      underWay = null;
      return result;
    } catch (ExecutionException e) {
      underWay = null;
      throw new IllegalStateException("It has failed", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("It has not ended in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Nobody waits for it any more", e);
    }
  }
}

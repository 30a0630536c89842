package dev.kiln.auth.database;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Deletes what has ended. Nothing depends on it, since every reader looks at the time itself; it
 * only keeps the tables small.
 */
final class ExpiredRows implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ExpiredRows.class);

  private static final List<String> STATEMENTS =
      List.of(
          "delete from access_token where expires < now()",
          "delete from refresh_token where expires < now()",
          "delete from client_assertion where expires < now()",
          "delete from launch where expires < now()",
          // Longer than any token that an old key has signed.
          "delete from signing_key where retired < clock_timestamp() - interval '1 day'",
          """
          delete from app_authorization a where a.created < now() - interval '1 day'
            and not exists (select from access_token t where t.authorization_id = a.id)
            and not exists (select from refresh_token r where r.authorization_id = a.id)\
          """);

  private final AuthDatabase database;
  private ScheduledExecutorService hourly;

  ExpiredRows(AuthDatabase database) {
    this.database = database;
  }

  @Override
  public synchronized void start() {
    hourly =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "auth-expired-rows");
              thread.setDaemon(true);
              return thread;
            });
    hourly.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
  }

  /** One that fails is tried again in an hour; the executor would not call it again by itself. */
  void sweep() {
    try {
      STATEMENTS.forEach(statement -> database.jdbc().sql(statement).update());
    } catch (DataAccessException e) {
      log.warn("Expired tokens cannot be deleted: {}", e.getClass().getSimpleName());
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

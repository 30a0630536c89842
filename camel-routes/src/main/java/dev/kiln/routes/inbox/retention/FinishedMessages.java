package dev.kiln.routes.inbox.retention;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The messages of the inbox that are finished in one way or the other. With a message go its bytes,
 * its trace and what was not read of it; what it has become in the store stays.
 */
public final class FinishedMessages {

  private final JdbcClient jdbc;

  public FinishedMessages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Deletes the oldest ones. One that is replayed at this moment is left alone; a dead letter takes
   * along the mark that it left in its lanes.
   *
   * @param state {@code applied}, {@code rejected} or {@code failed}
   * @param age those that have been finished for longer
   * @param most so many at once, so that no transaction is long
   * @return how many there were
   */
  public int delete(String state, Duration age, int most) {
    return jdbc.sql(
            """
            delete from message where id in (
              select id from message
              where state = :state and state <> 'received'
                and finished_at < now() - make_interval(secs => :seconds)
              order by finished_at limit :most for update skip locked)
            """)
        .param("state", state)
        .param("seconds", age.toSeconds())
        .param("most", most)
        .update();
  }
}

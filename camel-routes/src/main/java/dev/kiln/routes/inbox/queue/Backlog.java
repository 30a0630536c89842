package dev.kiln.routes.inbox.queue;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much waits in the inbox, and since when. */
public final class Backlog {

  private final JdbcClient jdbc;

  public Backlog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Messages that wait. */
  public long waiting() {
    return count("received");
  }

  public long deadLetters() {
    return count("failed");
  }

  /** How long the oldest message has waited by now; zero where none waits. */
  public Duration oldest() {
    return jdbc.sql(
            """
            select extract(epoch from now() - waits_since) * 1000
            from message where state = 'received' order by seq limit 1
            """)
        .query(Double.class)
        .optional()
        .map(millis -> Duration.ofMillis(Math.max(0, millis.longValue())))
        .orElse(Duration.ZERO);
  }

  private long count(String state) {
    return jdbc.sql("select count(*) from message where state = :state")
        .param("state", state)
        .query(Long.class)
        .single();
  }
}

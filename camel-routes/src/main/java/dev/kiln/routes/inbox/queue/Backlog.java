package dev.kiln.routes.inbox.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

  /**
   * What waits of a listener's messages.
   *
   * @param oldest how long the oldest has waited
   * @param blocked lanes whose first message has failed and is tried again
   */
  public record Waiting(long messages, Duration oldest, long blocked) {}

  /** Those to which nothing waits are not among them. */
  Map<String, Waiting> byListener() {
    Map<String, Waiting> found = new HashMap<>();
    jdbc.sql(
            """
            select source, count(*) as messages,
                   extract(epoch from now() - min(waits_since)) * 1000 as oldest,
                   count(*) filter (where is_first and faulty_since is not null) as blocked
            from message where state = 'received' group by source
            """)
        .query(
            (row, number) ->
                found.put(
                    row.getString("source"),
                    new Waiting(
                        row.getLong("messages"),
                        Duration.ofMillis(Math.max(0, row.getLong("oldest"))),
                        row.getLong("blocked"))))
        .list();
    return found;
  }

  Map<String, Long> deadLettersByReason() {
    Map<String, Long> found = new HashMap<>();
    jdbc.sql(
            """
            select coalesce(reason, '') as reason, count(*) as messages
            from message where state = 'failed' group by reason
            """)
        .query((row, number) -> found.put(row.getString("reason"), row.getLong("messages")))
        .list();
    return found;
  }

  private long count(String state) {
    return jdbc.sql("select count(*) from message where state = :state")
        .param("state", state)
        .query(Long.class)
        .single();
  }
}

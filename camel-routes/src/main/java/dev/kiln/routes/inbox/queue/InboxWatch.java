package dev.kiln.routes.inbox.queue;

import dev.kiln.routes.control.Watch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sees dead letters, lanes that a passing fault blocks, and messages that wait. */
public final class InboxWatch implements Watch {

  /** As many senders with dead letters are told apart; the oldest ones first, so that they stay. */
  private static final int MOST = 100;

  private static final int LONGEST_NAME = 80;

  private final JdbcClient jdbc;

  public InboxWatch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DEAD_LETTERS, Kind.LANES_BLOCKED, Kind.MESSAGES_WAIT);
  }

  @Override
  public List<Condition> look() {
    List<Condition> found = new ArrayList<>();
    found.addAll(
        of(
            Kind.DEAD_LETTERS,
            """
            select '' as listener, sender, reason, count(*) as messages, min(finished_at) as since
            from message where state = 'failed'
            group by sender, reason order by min(seq) limit\s"""
                + MOST));
    found.addAll(
        of(
            Kind.LANES_BLOCKED,
            """
            select source as listener, '' as sender, '' as reason, count(*) as messages,
                   min(faulty_since) as since
            from message where state = 'received' and is_first and faulty_since is not null
            group by source
            """));
    found.addAll(
        of(
            Kind.MESSAGES_WAIT,
            """
            select source as listener, '' as sender, '' as reason, count(*) as messages,
                   min(waits_since) as since
            from message where state = 'received' group by source
            """));
    return found;
  }

  private List<Condition> of(Kind kind, String sql) {
    return jdbc.sql(sql).query((row, number) -> condition(kind, row)).list();
  }

  private static Condition condition(Kind kind, ResultSet row) throws SQLException {
    return new Condition(
        kind,
        row.getString("listener"),
        name(row.getString("sender")),
        Objects.requireNonNullElse(row.getString("reason"), ""),
        row.getLong("messages"),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        0);
  }

  /** What a message calls its sender goes into letters and headers, and may be anything. */
  private static String name(String sender) {
    String clean = sender.replaceAll("[^\\p{L}\\p{N} ._^&|/-]", "?");
    return clean.length() > LONGEST_NAME ? clean.substring(0, LONGEST_NAME) : clean;
  }
}

package dev.kiln.routes.inbox.archive;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.ListenerTraffic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what the inbox's table has, each by an index of its own. */
public final class TrafficTable implements ListenerTraffic {

  private final JdbcClient jdbc;

  public TrafficTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, Traffic> since(Instant since) {
    Map<String, Traffic> bySource = new HashMap<>();
    jdbc.sql(
            """
            with recent as (
              select source, count(*) as received,
                     count(*) filter (where state = 'rejected') as refused,
                     count(*) filter (where state = 'failed') as failed
              from message where received_at >= :since group by source),
            waiting as (
              select source, count(*) as waiting, min(received_at) as oldest
              from message where state = 'received' group by source),
            dead as (
              select source, count(*) as dead from message where state = 'failed' group by source),
            fault as (
              select distinct on (source) source, id, reason, received_at
              from message where state in ('rejected', 'failed') and received_at >= :since
              order by source, received_at desc)
            select source, received, refused, failed, waiting, oldest, dead, id, reason, received_at
            from recent full join waiting using (source) full join dead using (source)
              full join fault using (source)
            """)
        .param("since", Timestamp.from(since))
        .query((row, number) -> bySource.put(row.getString("source"), traffic(row)))
        .list();
    return bySource;
  }

  private static Traffic traffic(ResultSet row) throws SQLException {
    Timestamp oldest = row.getTimestamp("oldest");
    UUID fault = row.getObject("id", UUID.class);
    return new Traffic(
        row.getLong("received"),
        row.getLong("refused"),
        row.getLong("failed"),
        row.getLong("waiting"),
        row.getLong("dead"),
        Optional.ofNullable(oldest).map(Timestamp::toInstant),
        fault == null
            ? Optional.empty()
            : Optional.of(
                new Fault(
                    new MessageId(fault),
                    row.getString("reason"),
                    row.getTimestamp("received_at").toInstant())));
  }

  @Override
  public Totals totals() {
    return jdbc.sql(
            """
            select (select count(*) from message where state = 'received') as waiting,
                   (select count(*) from message where state = 'failed') as dead,
                   (select coalesce(max(seq), 0) from message) as latest
            """)
        .query(
            (row, number) ->
                new Totals(row.getLong("waiting"), row.getLong("dead"), row.getLong("latest")))
        .single();
  }
}

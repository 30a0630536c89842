package dev.kiln.routes.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.routes.alert.Deliveries.Pending;
import dev.kiln.routes.alert.way.Notice;
import dev.kiln.routes.control.Watch.Condition;
import dev.kiln.routes.control.Watch.Kind;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the alerts for the next start. While the hub runs, its memory counts: the database may be
 * what is amiss.
 */
final class AlertTable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  AlertTable(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Alerts and what is to be told of them, as one. There are few of either. */
  void save(Collection<ActiveAlert> alerts, List<Pending> notices) {
    transactions.executeWithoutResult(
        status -> {
          jdbc.sql("delete from alert").update();
          alerts.forEach(this::insert);
          jdbc.sql("delete from alert_notice").update();
          notices.forEach(this::insert);
        });
  }

  private void insert(ActiveAlert alert) {
    Condition condition = alert.condition();
    jdbc.sql(
            """
            insert into alert (kind, listener, sender, reason, count, since, urgency, told_at,
                               told_count, told_urgency)
            values (:kind, :listener, :sender, :reason, :count, :since, :urgency, :toldAt,
                    :toldCount, :toldUrgency)
            """)
        .param("kind", condition.kind().name())
        .param("listener", condition.listener())
        .param("sender", condition.sender())
        .param("reason", condition.reason())
        .param("count", condition.count())
        .param("since", Timestamp.from(condition.since()))
        .param("urgency", condition.urgency())
        .param("toldAt", Timestamp.from(alert.toldAt()))
        .param("toldCount", alert.toldCount())
        .param("toldUrgency", alert.toldUrgency())
        .update();
  }

  private void insert(Pending pending) {
    jdbc.sql(
            """
            insert into alert_notice (id, way, content, made_at, tries, next_at)
            values (:id, :way, :content, :madeAt, :tries, :nextAt)
            """)
        .param("id", pending.notice().id())
        .param("way", pending.way())
        .param("content", json(pending.notice()))
        .param("madeAt", Timestamp.from(pending.madeAt()))
        .param("tries", pending.tries())
        .param("nextAt", Timestamp.from(pending.nextAt()))
        .update();
  }

  List<ActiveAlert> alerts() {
    return jdbc.sql("select * from alert").query((row, number) -> alert(row)).list();
  }

  private static ActiveAlert alert(ResultSet row) throws SQLException {
    return new ActiveAlert(
        new Condition(
            Kind.valueOf(row.getString("kind")),
            row.getString("listener"),
            row.getString("sender"),
            row.getString("reason"),
            row.getLong("count"),
            row.getTimestamp("since").toInstant(),
            row.getInt("urgency")),
        row.getTimestamp("told_at").toInstant(),
        row.getLong("told_count"),
        row.getInt("told_urgency"));
  }

  List<Pending> notices() {
    return jdbc.sql("select * from alert_notice order by made_at, id")
        .query(
            (row, number) ->
                new Pending(
                    notice(row.getString("content")),
                    row.getString("way"),
                    row.getTimestamp("made_at").toInstant(),
                    row.getInt("tries"),
                    row.getTimestamp("next_at").toInstant()))
        .list();
  }

  private static String json(Notice notice) {
    try {
      return JSON.writeValueAsString(notice);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Notice notice(String json) {
    try {
      return JSON.readValue(json, Notice.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

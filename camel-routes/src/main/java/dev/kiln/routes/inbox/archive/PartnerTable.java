package dev.kiln.routes.inbox.archive;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.PartnerReports;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what translators have noted beside the messages. Which code a table lacks is not in the
 * note, since a code may stand where a name should; the latest message shows it to whom may see it.
 */
public final class PartnerTable implements PartnerReports {

  private static final int MOST_MESSAGES = 100_000;

  private static final String RANGE =
      "select id, received_at, sender, warnings, unread from message where state ="
          + " 'applied' and received_at >= :from";

  private static final String LATEST = " order by received_at desc, id desc limit :most";

  private static final String REPORT =
      """
      with recent as materialized (%s),
      noted as (
        select sender, 'unread' as kind, field, '' as vocabulary, id, received_at
        from recent, unnest(unread) field
        union all
        select sender, 'unmapped', regexp_replace(split_part(warning, ': ', 1), '\\[[0-9]+\\]', '', 'g'),
               right(warning, 4), id, received_at
        from recent, unnest(warnings) warning where warning ~ ': the code is not in table [0-9]{4}$'),
      counted as (
        select sender, kind, field, vocabulary, count(distinct id) as messages,
               (array_agg(id order by received_at desc, id desc))[1] as latest
        from noted group by sender, kind, field, vocabulary),
      ranked as (
        select *, row_number() over (
          partition by sender, kind order by messages desc, field, vocabulary) as place
        from counted),
      senders as (
        select sender, count(*) as messages from recent group by sender
        order by messages desc, sender limit 100),
      bounds as (select count(*) as looked_at, min(received_at) as since from recent)
      select senders.sender, senders.messages as sent, kind, field, vocabulary, ranked.messages,
             latest, looked_at, since
      from senders cross join bounds
        left join ranked on ranked.sender = senders.sender and place <= 100
      order by sent desc, senders.sender, kind, place
      """;

  private final JdbcClient jdbc;
  private final int most;

  public PartnerTable(JdbcClient jdbc) {
    this(jdbc, MOST_MESSAGES);
  }

  /**
   * @param most messages that are looked at, the latest of the time that is asked for
   */
  public PartnerTable(JdbcClient jdbc, int most) {
    this.jdbc = jdbc;
    this.most = most;
  }

  @Override
  public Report of(String sender, Instant from, Instant until) {
    StringBuilder range = new StringBuilder(RANGE);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("from", Timestamp.from(from));
    values.put("most", most);
    if (until != null) {
      range.append(" and received_at <= :until");
      values.put("until", Timestamp.from(until));
    }
    if (sender != null) {
      range.append(" and left(sender, 200) = left(:sender, 200) and sender = :sender");
      values.put("sender", sender);
    }
    Map<String, Partner> partners = new LinkedHashMap<>();
    List<Instant> since = new ArrayList<>();
    jdbc.sql(REPORT.formatted(range + LATEST))
        .params(values)
        .query(
            row -> {
              if (row.getLong("looked_at") == most && since.isEmpty()) {
                since.add(row.getTimestamp("since").toInstant());
              }
              note(row, partners);
            });
    return new Report(List.copyOf(partners.values()), since.stream().findFirst());
  }

  private static void note(ResultSet row, Map<String, Partner> partners) throws SQLException {
    String sender = row.getString("sender");
    Partner partner = partners.get(sender);
    if (partner == null) {
      partner = new Partner(sender, row.getLong("sent"), new ArrayList<>(), new ArrayList<>());
      partners.put(sender, partner);
    }
    String kind = row.getString("kind");
    if (kind == null) {
      // All that it sent has been understood.
      return;
    }
    String field = row.getString("field");
    long messages = row.getLong("messages");
    MessageId latest = new MessageId(row.getObject("latest", UUID.class));
    if (kind.equals("unread")) {
      partner.unread().add(new Unread(field, messages, latest));
    } else {
      partner.unmapped().add(new Unmapped(field, row.getString("vocabulary"), messages, latest));
    }
  }
}

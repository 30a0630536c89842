package dev.kiln.routes.inbox.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.inbox.seal.MessageSeal;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the inbox's table, and never its bytes where only a list is wanted. */
public final class ArchiveTable implements MessageArchive {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Map<String, String>>> TRACE =
      new TypeReference<>() {};

  private static final String ENTRY =
      """
      select id, received_at, source, format, type, control_id, sender, state, reason, finished_at,
             cardinality(warnings) as warning_count, cardinality(unread) as unread_count
      """;

  /** Those in which applied messages about the patient have been. */
  private static final String LANES_OF_PATIENT =
      """
      (select coalesce(array_agg(distinct lane), '{}')
       from message told, unnest(told.lanes) lane where told.about @> array[cast(:patient as text)])
      """;

  /**
   * Messages that have not been applied have told of nothing yet; those of a patient are in a lane
   * in which applied ones of the same patient have been. Each state has an arm of its own, since
   * only then PostgreSQL takes an index for each, and does not read all that is kept.
   */
  private static final String ABOUT =
      """
      (about @> array[cast(:patient as text)]
       or state = 'received' and lanes && %1$s
       or state = 'failed' and lanes && %1$s)
      """
          .formatted(LANES_OF_PATIENT);

  private final JdbcClient jdbc;
  private final MessageSeal seal;

  public ArchiveTable(JdbcClient jdbc, MessageSeal seal) {
    this.jdbc = jdbc;
    this.seal = seal;
  }

  @Override
  public List<Entry> find(Query query) {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> values = new HashMap<>();
    narrow(query, conditions, values);
    if (query.after() != null) {
      conditions.add("(received_at, id) < (:after, :afterId)");
      values.put("after", time(query.after().received()));
      values.put("afterId", query.after().message().value());
    }
    return jdbc.sql(
            ENTRY
                + " from message"
                + where(conditions)
                + " order by received_at desc, id desc limit :most")
        .params(values)
        .param("most", query.most())
        .query((row, number) -> entry(row))
        .list();
  }

  @Override
  public List<Arrival> arrivals(Query wanted, long after, int most) {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> values = new HashMap<>();
    narrow(wanted, conditions, values);
    if (after > 0) {
      conditions.add("coalesce(arrival, seq) > :after");
      values.put("after", after);
    }
    return jdbc.sql(
            "select id, coalesce(arrival, seq) as place from message"
                + where(conditions)
                + " order by place limit :most")
        .params(values)
        .param("most", most)
        .query(
            (row, number) ->
                new Arrival(new MessageId(row.getObject("id", UUID.class)), row.getLong("place")))
        .list();
  }

  private static String where(List<String> conditions) {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  private static void narrow(Query query, List<String> conditions, Map<String, Object> values) {
    if (query.ids() != null) {
      conditions.add("id = any (:ids)");
      values.put("ids", query.ids().stream().map(MessageId::value).toArray(UUID[]::new));
    }
    add(conditions, values, "source", query.source(), "source = :source");
    add(conditions, values, "controlId", query.controlId(), beginning("control_id", 200));
    add(conditions, values, "type", query.type(), beginning("type", 50));
    add(conditions, values, "sender", query.sender(), beginning("sender", 200));
    add(conditions, values, "patient", query.patient(), ABOUT);
    add(conditions, values, "from", time(query.from()), "received_at >= :from");
    add(conditions, values, "until", time(query.until()), "received_at <= :until");
    add(conditions, values, "state", word(query.state()), "state = :state");
    add(
        conditions,
        values,
        "reason",
        query.reason(),
        "reason = :reason and state in ('rejected', 'failed')");
  }

  private static void add(
      List<String> conditions,
      Map<String, Object> values,
      String name,
      Object value,
      String condition) {
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
  }

  /** Found by the index on the beginning, and then compared as a whole. */
  private static String beginning(String column, int length) {
    String name = column.equals("control_id") ? "controlId" : column;
    return "left(%1$s, %2$d) = left(:%3$s, %2$d) and %1$s = :%3$s".formatted(column, length, name);
  }

  @Override
  public Optional<Whole> read(MessageId id) {
    return jdbc.sql(
            ENTRY
                + """
                , raw, raw_key, detail, sealed_detail, detail_key, location, run, warnings, unread,
                trace from message where id = :id
                """)
        .param("id", id.value())
        .query((row, number) -> whole(row, OpenedParts.of(id, row, seal)))
        .optional();
  }

  @Override
  public List<Source> sources(String reference, int most) {
    return jdbc
        .sql(
            ENTRY
                + """
                , trace from message where about @> array[cast(:reference as text)]
                order by received_at desc, id desc limit :most
                """)
        .param("reference", reference)
        .param("most", most)
        .query(
            (row, number) -> {
              Entry entry = entry(row);
              return trace(row).entrySet().stream()
                  .filter(told -> bare(told.getKey()).equals(reference))
                  .map(told -> new Source(entry, version(told.getKey()), told.getValue()))
                  .toList();
            })
        .list()
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static String bare(String reference) {
    return reference.split("/_history/", 2)[0];
  }

  private static String version(String reference) {
    String[] parts = reference.split("/_history/", 2);
    return parts.length == 2 ? parts[1] : "";
  }

  private static Whole whole(ResultSet row, OpenedParts opened) throws SQLException {
    return new Whole(
        entry(row),
        opened.raw(),
        opened.detail(),
        Objects.requireNonNullElse(row.getString("location"), ""),
        row.getInt("run"),
        List.of((String[]) row.getArray("warnings").getArray()),
        List.of((String[]) row.getArray("unread").getArray()),
        trace(row));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    Timestamp finished = row.getTimestamp("finished_at");
    return new Entry(
        new MessageId(row.getObject("id", UUID.class)),
        row.getTimestamp("received_at").toInstant(),
        row.getString("source"),
        row.getString("format"),
        row.getString("type"),
        row.getString("control_id"),
        row.getString("sender"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Objects.requireNonNullElse(row.getString("reason"), ""),
        finished == null ? null : finished.toInstant(),
        row.getInt("warning_count"),
        row.getInt("unread_count"));
  }

  private static Map<String, Map<String, String>> trace(ResultSet row) throws SQLException {
    String text = row.getString("trace");
    try {
      return text == null ? Map.of() : JSON.readValue(text, TRACE);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Timestamp time(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  private static String word(State state) {
    return state == null ? null : state.name().toLowerCase(Locale.ROOT);
  }
}

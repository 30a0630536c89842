package dev.kiln.routes.inbox.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.InboxDatabase;
import dev.kiln.routes.control.MessageArchive.Entry;
import dev.kiln.routes.control.MessageArchive.Query;
import dev.kiln.routes.control.MessageArchive.State;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A page of what is looked for costs about a page of rows, however many are kept. */
class ArchiveTableIT {

  private static final int PAGE = 50;
  private static final int KEPT = 20_000;

  /** Waiting ones are looked through whole, and of these there are as many. */
  private static final int WAITING = 100;

  private static HikariDataSource database;
  private static JdbcClient jdbc;

  @BeforeAll
  static void fill() throws SQLException {
    database = InboxDatabase.create("archive");
    // One connection, so that what it has counted is seen by whoever asks next.
    database.setMaximumPoolSize(1);
    jdbc = JdbcClient.create(database);
    jdbc.sql(
            """
            insert into message (id, received_at, source, format, type, control_id, sender, digest,
                                 raw, state, reason, about, lanes)
            select gen_random_uuid(), now() - make_interval(mins => n),
                   'way' || mod(n, 200), 'hl7v2', 'T' || mod(n, 5), 'C' || n, 'S' || mod(n, 200),
                   sha256(n::text::bytea), decode(repeat(md5(n::text), 20), 'hex'),
                   case when n <= :waiting then 'received' when mod(n, 20) = 0 then 'failed'
                        else 'applied' end,
                   case when n > :waiting and mod(n, 20) = 0 then 'R' || mod(n, 900) end,
                   case when n > :waiting and mod(n, 20) <> 0
                        then array['Patient/' || mod(n, 999)] else '{}' end,
                   array[mod(n, 999)]
            from generate_series(1, :kept) n
            """)
        .param("waiting", WAITING)
        .param("kept", KEPT)
        .update();
    jdbc.sql("analyze message").update();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void everyFilterReadsAboutAPage() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    cheap(
        "control id",
        new Query(null, "C77", null, null, null, null, null, null, null, null, null, PAGE),
        1);
    cheap(
        "patient",
        new Query(null, null, "Patient/7", null, null, null, null, null, null, null, null, PAGE),
        21);
    cheap(
        "type",
        new Query(null, null, null, "T3", null, null, null, yesterday, null, null, null, PAGE),
        PAGE);
    cheap(
        "sender",
        new Query(null, null, null, null, "S3", null, null, null, null, null, null, PAGE),
        PAGE);
    cheap(
        "way",
        new Query(null, null, null, null, null, "way3", null, null, null, null, null, PAGE),
        PAGE);
    cheap(
        "time",
        new Query(null, null, null, null, null, null, null, yesterday, null, null, null, PAGE),
        PAGE);
    cheap(
        "state and reason",
        new Query(null, null, null, null, null, null, null, null, State.FAILED, "R180", null, PAGE),
        23);
  }

  private static void cheap(String filter, Query query, int found) {
    long before = rowsRead();
    List<Entry> entries = new ArchiveTable(jdbc, null).find(query);
    assertThat(entries).as(filter).hasSize(found);
    assertThat(rowsRead() - before).as("rows read by %s", filter).isLessThan(3L * PAGE + WAITING);
  }

  /** Of the table, by whichever way; the server counts them when a transaction has ended. */
  private static long rowsRead() {
    jdbc.sql("select pg_stat_force_next_flush()").query().singleRow();
    return jdbc.sql(
            "select seq_tup_read + idx_tup_fetch from pg_stat_user_tables where relname = 'message'")
        .query(Long.class)
        .single();
  }
}

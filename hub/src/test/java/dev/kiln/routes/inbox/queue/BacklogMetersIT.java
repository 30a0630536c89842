package dev.kiln.routes.inbox.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.InboxDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What waits and what is dead, by listener and reason, on tables of their own. */
class BacklogMetersIT {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  private double gauge(String name, String label, String value) {
    return metrics.get(name).tag(label, value).gauge().value();
  }

  @Test
  void byListenerAndByReasonAndNotANumberWhereNobodyKnows() throws SQLException {
    HikariDataSource database = InboxDatabase.create("meters");
    JdbcClient jdbc = JdbcClient.create(database);
    BacklogMeters meters = new BacklogMeters(new Backlog(jdbc), List.of("mllp", "lab"), metrics);
    meters.count();
    assertThat(gauge("kiln.inbox.waiting", "listener", "lab")).isZero();
    assertThat(gauge("kiln.inbox.dead.letters", "reason", "STORE_REFUSED")).isZero();

    insert(jdbc, 3, "lab", "received", null);
    insert(jdbc, 2, "ward", "received", null);
    insert(jdbc, 4, "lab", "failed", "STORE_REFUSED");
    jdbc.sql(
            """
            update message set faulty_since = now(), is_first = true,
                               waits_since = now() - interval '90 seconds'
            where source = 'ward'
            """)
        .update();
    meters.count();
    assertThat(gauge("kiln.inbox.waiting", "listener", "lab")).isEqualTo(3);
    assertThat(gauge("kiln.inbox.waiting", "listener", "mllp")).isZero();
    assertThat(gauge("kiln.inbox.waiting", "listener", "ward")).isEqualTo(2);
    assertThat(gauge("kiln.inbox.waiting.oldest", "listener", "ward")).isBetween(90.0, 300.0);
    assertThat(gauge("kiln.inbox.lanes.blocked", "listener", "ward")).isEqualTo(2);
    assertThat(gauge("kiln.inbox.lanes.blocked", "listener", "lab")).isZero();
    assertThat(gauge("kiln.inbox.dead.letters", "reason", "STORE_REFUSED")).isEqualTo(4);

    jdbc.sql("delete from message").update();
    meters.count();
    assertThat(gauge("kiln.inbox.waiting", "listener", "ward")).as("it is told of still").isZero();

    database.close();
    meters.count();
    assertThat(gauge("kiln.inbox.waiting", "listener", "lab")).isNaN();
    assertThat(gauge("kiln.inbox.dead.letters", "reason", "STORE_REFUSED")).isNaN();
  }

  private static void insert(JdbcClient jdbc, int count, String source, String state, String why) {
    jdbc.sql(
            """
            insert into message (id, source, format, type, control_id, sender, digest, raw, state,
                                 reason)
            select gen_random_uuid(), :source, 'hl7v2', '', '', '',
                   sha256(gen_random_uuid()::text::bytea), '', :state, :why
            from generate_series(1, :count)
            """)
        .param("count", count)
        .param("source", source)
        .param("state", state)
        .param("why", why)
        .update();
  }
}

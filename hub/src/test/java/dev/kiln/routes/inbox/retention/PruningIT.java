package dev.kiln.routes.inbox.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Messages;
import dev.kiln.RunningHub;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.settings.RoutesSettings.Retention;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is deleted after a while, and what is not. */
class PruningIT {

  private static final Duration MONTH = Duration.ofDays(30);

  private final RunningHub hub = RunningHub.get();
  private final Http fhir = hub.http();
  private final Inbox inbox = hub.bean(Inbox.class);
  private final MessageFormat hl7v2 = hub.bean("hl7v2Format", MessageFormat.class);
  private final JdbcClient jdbc = JdbcClient.create(hub.bean("inboxDataSource", DataSource.class));
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  private void prune(Retention retention) {
    new Pruning(new FinishedMessages(jdbc), retention, metrics).prune();
  }

  private String send(String control, String message) {
    byte[] raw = message.replace('\n', '\r').getBytes(StandardCharsets.UTF_8);
    inbox.accept(hl7v2, raw, "test", Duration.ofSeconds(60));
    return control;
  }

  private String admitted(String mrn) {
    return send("P" + mrn, Messages.admission(mrn, "P" + mrn));
  }

  /** Refused, since nothing says what it is; the type is what is left to know it by. */
  private String refused(String control) {
    return send(control, "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|" + control + "|P|1.0\rPID|1");
  }

  private void age(String control, int days) {
    assertThat(
            jdbc.sql(
                    """
                    update message set finished_at = now() - make_interval(days => :days)
                    where control_id = :control
                    """)
                .param("days", days)
                .param("control", control)
                .update())
        .isEqualTo(1);
  }

  private int kept(String control) {
    return jdbc.sql("select count(*) from message where control_id = :control")
        .param("control", control)
        .query(Integer.class)
        .single();
  }

  private static String number() {
    return UUID.randomUUID().toString().substring(0, 12);
  }

  @Test
  void eachStateHasItsOwnTime() {
    String old = admitted(number());
    String young = admitted(number());
    String refused = refused(number());
    age(old, 31);
    age(young, 29);
    age(refused, 31);
    assertThat(state(refused)).isEqualTo("rejected");

    prune(new Retention(MONTH, null, null));
    assertThat(kept(old)).isZero();
    assertThat(kept(young)).isEqualTo(1);
    assertThat(kept(refused)).isEqualTo(1);

    prune(new Retention(null, MONTH, null));
    assertThat(kept(refused)).isZero();
    assertThat(metrics.counter("kiln.inbox.pruned", "state", "applied").count()).isPositive();
  }

  @Test
  void aDeadLetterGoesWithItsMarkAndWhatWaitsNever() {
    String mrn = number();
    String dead = admitted(mrn);
    String waiting = admitted(number());
    jdbc.sql("update message set state = 'failed' where control_id = :control")
        .param("control", dead)
        .update();
    jdbc.sql(
            """
            insert into broken_lane (key, message_id)
            select 1, id from message where control_id = :control
            """)
        .param("control", dead)
        .update();
    age(dead, 31);
    // As one that is being replayed: nobody has finished it, whenever it was finished before.
    age(waiting, 31);
    jdbc.sql(
            """
            update message set state = 'received', retry_at = now() + interval '1 hour'
            where control_id = :control
            """)
        .param("control", waiting)
        .update();

    prune(new Retention(MONTH, MONTH, MONTH));

    assertThat(kept(dead)).isZero();
    assertThat(kept(waiting)).isEqualTo(1);
    jdbc.sql("update message set state = 'applied' where control_id = :control")
        .param("control", waiting)
        .update();
  }

  @Test
  void whatAMessageHasBecomeStaysAndTheSameMessageChangesNothing() {
    String mrn = number();
    age(admitted(mrn), 31);
    prune(new Retention(MONTH, null, null));
    assertThat(kept("P" + mrn)).isZero();

    admitted(mrn);

    var patients = fhir.get("/fhir/Patient?identifier=" + mrn).json();
    assertThat(patients.path("total").asInt()).isEqualTo(1);
    assertThat(patients.at("/entry/0/resource/meta/versionId").asText()).isEqualTo("1");
  }

  @Test
  void moreThanGoInOneStatementAreDeleted() {
    String control = number();
    jdbc.sql(
            """
            insert into message (id, received_at, source, format, type, control_id, sender, digest,
                                 raw, state, finished_at)
            select gen_random_uuid(), now(), 'test', 'hl7v2', '', :control, '', '', '', 'rejected',
                   now() - interval '40 days'
            from generate_series(1, 1201)
            """)
        .param("control", control)
        .update();

    prune(new Retention(null, MONTH, null));

    assertThat(kept(control)).isZero();
    assertThat(metrics.counter("kiln.inbox.pruned", "state", "rejected").count())
        .isGreaterThanOrEqualTo(1201);
  }

  private String state(String control) {
    return jdbc.sql("select state from message where control_id = :control")
        .param("control", control)
        .query(String.class)
        .single();
  }
}

package dev.kiln.routes.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.InboxDatabase;
import dev.kiln.RunningHub;
import dev.kiln.routes.alert.way.AlertWay;
import dev.kiln.routes.alert.way.MailWay;
import dev.kiln.routes.alert.way.WebhookWay;
import dev.kiln.routes.control.AdminAddress;
import dev.kiln.routes.control.AlertMail;
import dev.kiln.routes.control.InboxControl;
import dev.kiln.routes.control.ListenerControl;
import dev.kiln.routes.control.ListenerControl.Listener;
import dev.kiln.routes.control.Watch;
import dev.kiln.routes.inbox.queue.Arrivals;
import dev.kiln.routes.inbox.queue.InboxWatch;
import dev.kiln.routes.inbox.queue.Leases;
import dev.kiln.routes.inbox.seal.MessageSeal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Alerts on the tables of an inbox of their own, to a real SMTP server and a real HTTP server, with
 * a clock that the test turns.
 */
class AlertsIT {

  private static HikariDataSource database;

  @TempDir private Path folder;
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final TransactionTemplate transactions =
      new TransactionTemplate(new JdbcTransactionManager(database));
  private final String address = "it-" + UUID.randomUUID() + "@example.org";
  private final Clock clock = new TurnedClock();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<Watch> watches = new ArrayList<>();

  /** As exact as the database keeps it. */
  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private Duration turned = Duration.ZERO;
  private Receiver receiver;
  private Alerts alerts;

  @BeforeAll
  static void createDatabase() throws SQLException {
    database = InboxDatabase.create("alerts");
    database.setConnectionTimeout(1000);
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void prepare() throws IOException {
    jdbc.sql("truncate message, lane, broken_lane, alert, alert_notice").update();
    receiver = new Receiver();
    watches.add(new InboxWatch(jdbc));
    start();
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  /** The next run of the hub, on the same tables. */
  private void start() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "a secret of the tests\n");
    AlertSettings.Webhook webhook = new AlertSettings.Webhook(receiver.url(), secret);
    List<AlertWay> ways =
        List.of(
            new MailWay(RunningHub.get().bean(AlertMail.class), address),
            new WebhookWay(webhook, clock));
    AlertSettings settings =
        new AlertSettings(
            List.of(address),
            webhook,
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Map.of("lab", Duration.ofHours(2)),
            Duration.ofDays(1));
    alerts =
        new Alerts(
            watches,
            settings,
            new Deliveries(ways, clock, metrics),
            new AlertTable(jdbc, transactions),
            new AdminAddress("https://kiln.example.org/apps/admin/"),
            clock);
    alerts.resume();
  }

  private List<JsonNode> lookAndTell() throws InterruptedException {
    alerts.look();
    alerts.deliver();
    return receiver.taken();
  }

  /** What is over has been so at two looks. */
  private List<JsonNode> lookTwice() throws InterruptedException {
    alerts.look();
    return lookAndTell();
  }

  private static void told(List<JsonNode> notices, String event, String kind) {
    assertThat(notices)
        .singleElement()
        .matches(notice -> notice.path("event").asText().equals(event), event)
        .matches(notice -> notice.path("kind").asText().equals(kind), kind);
  }

  private void insert(int count, String state, String sender, String reason) {
    jdbc.sql(
            """
            insert into message (id, source, format, type, control_id, sender, digest, raw, state,
                                 reason, finished_at, is_first)
            select gen_random_uuid(), 'lab', 'hl7v2', 'ADT^A01', 'Kettle', :sender,
                   sha256(gen_random_uuid()::text::bytea), 'PID|1||Kettle', :state, :reason,
                   case when :state = 'failed' then now() end, true
            from generate_series(1, :count)
            """)
        .param("count", count)
        .param("state", state)
        .param("sender", sender)
        .param("reason", reason)
        .update();
  }

  private List<MimeMessage> letters() throws MessagingException {
    List<MimeMessage> letters = new ArrayList<>();
    for (MimeMessage letter : RunningHub.get().mail().getReceivedMessages()) {
      if (Arrays.toString(letter.getRecipients(RecipientType.TO)).contains(address)) {
        letters.add(letter);
      }
    }
    return letters;
  }

  @Test
  void aHundredDeadLettersOfOneCauseAreOneAlertAndItsEndIsTold() throws Exception {
    assertThat(lookAndTell()).isEmpty();
    insert(100, "failed", "LAB|HOSP", "UNTRANSLATABLE");

    List<JsonNode> raised = lookAndTell();
    told(raised, "raised", "dead-letters");
    assertThat(raised.get(0).path("count").asLong()).isEqualTo(100);
    assertThat(raised.get(0).path("sender").asText()).isEqualTo("LAB|HOSP");
    assertThat(raised.get(0).path("reason").asText()).isEqualTo("UNTRANSLATABLE");
    assertThat(raised.get(0).path("link").asText()).endsWith("/apps/admin/");
    assertThat(raised.get(0).toString()).doesNotContain("Kettle");

    insert(5, "failed", "LAB|HOSP", "UNTRANSLATABLE");
    assertThat(lookAndTell()).isEmpty();
    turned = Duration.ofDays(1);
    List<JsonNode> reminded = lookAndTell();
    told(reminded, "reminded", "dead-letters");
    assertThat(reminded.get(0).path("count").asLong()).isEqualTo(105);
    turned = Duration.ofDays(3);
    assertThat(lookAndTell()).as("nothing new has come since").isEmpty();

    jdbc.sql("update message set state = 'applied'").update();
    assertThat(lookAndTell()).as("it may be back at the next look").isEmpty();
    told(lookAndTell(), "ended", "dead-letters");
    assertThat(lookTwice()).isEmpty();

    List<MimeMessage> letters = letters();
    assertThat(letters).hasSize(3);
    assertThat(letters.get(0).getSubject()).isEqualTo("[Kiln] Dead letters of LAB|HOSP");
    assertThat(letters.get(2).getSubject()).startsWith("[Kiln] Over: ");
    assertThat(GreenMailUtil.getBody(letters.get(0)))
        .contains("Count: 100", "Reason: UNTRANSLATABLE", "https://kiln.example.org/apps/admin/")
        .doesNotContain("Kettle");
  }

  @Test
  void anotherSenderOrAnotherReasonIsAnotherAlert() throws Exception {
    insert(3, "failed", "LAB|HOSP", "UNTRANSLATABLE");
    insert(3, "failed", "LAB|HOSP", "STORE_REFUSED");
    insert(3, "failed", "X\r\nBcc: y@example.org", "STORE_REFUSED");
    assertThat(lookAndTell())
        .extracting(notice -> notice.path("sender").asText())
        .containsExactlyInAnyOrder("LAB|HOSP", "LAB|HOSP", "X??Bcc? y?example.org");
    assertThat(alerts.active(Watch.Kind.DEAD_LETTERS)).isEqualTo(3);
  }

  @Test
  void aRestartTellsNothingTwiceAndForgetsNothing() throws Exception {
    insert(100, "failed", "LAB|HOSP", "UNTRANSLATABLE");
    alerts.look();
    // The hub ends after it has seen it, and before anybody has been told.
    start();
    alerts.deliver();
    told(receiver.taken(), "raised", "dead-letters");

    start();
    assertThat(lookAndTell()).isEmpty();
    assertThat(letters()).hasSize(1);

    jdbc.sql("delete from message").update();
    start();
    told(lookTwice(), "ended", "dead-letters");
    start();
    assertThat(lookTwice()).isEmpty();
  }

  @Test
  void aWebhookThatFailsIsTriedAgainLaterAndLaterAndHoldsUpNoMail() throws Exception {
    receiver.answer(500);
    insert(1, "failed", "LAB|HOSP", "UNTRANSLATABLE");
    String id = lookAndTell().get(0).path("id").asText();
    assertThat(letters()).hasSize(1);
    alerts.deliver();
    assertThat(receiver.taken()).as("not at once").isEmpty();

    turned = Duration.ofSeconds(10);
    alerts.deliver();
    assertThat(receiver.taken()).hasSize(1);
    turned = Duration.ofSeconds(15);
    alerts.deliver();
    assertThat(receiver.taken()).as("the second pause is longer").isEmpty();

    receiver.answer(204);
    // Also over a restart.
    start();
    turned = Duration.ofSeconds(31);
    alerts.deliver();
    assertThat(receiver.taken())
        .singleElement()
        .matches(notice -> notice.path("id").asText().equals(id), "the same id at each try");
    turned = Duration.ofDays(1);
    alerts.deliver();
    assertThat(receiver.taken()).isEmpty();
    assertThat(letters()).hasSize(1);
    assertThat(metrics.counter("kiln.alerts.notices", "way", "webhook", "outcome", "sent").count())
        .isEqualTo(1);
  }

  @Test
  void whatCannotBeDeliveredForADayIsGivenUp() throws Exception {
    receiver.answer(302);
    insert(1, "failed", "LAB|HOSP", "UNTRANSLATABLE");
    assertThat(lookAndTell()).hasSize(1);
    turned = Duration.ofDays(1).plusSeconds(1);
    alerts.deliver();
    assertThat(receiver.taken()).hasSize(1);
    turned = Duration.ofDays(3);
    alerts.deliver();
    assertThat(receiver.taken()).isEmpty();
  }

  @Test
  void aLaneThatAPassingFaultBlocksIsToldOfAfterAWhileAndOnce() throws Exception {
    Leases leases = new Leases(jdbc, transactions, RunningHub.get().bean(MessageSeal.class));
    insert(2, "received", "LAB|HOSP", null);
    for (int i = 0; i < 2; i++) {
      assertThat(
              leases.postpone(leases.lease(UUID.randomUUID(), Duration.ofMinutes(1)).orElseThrow()))
          .isEqualTo(1);
    }
    assertThat(lookAndTell()).isEmpty();
    turned = Duration.ofMinutes(11);
    List<JsonNode> raised = lookAndTell();
    told(raised, "raised", "lanes-blocked");
    assertThat(raised.get(0).path("listener").asText()).isEqualTo("lab");
    assertThat(raised.get(0).path("count").asLong()).isEqualTo(2);
    turned = Duration.ofMinutes(16);
    told(lookAndTell(), "raised", "messages-wait");
    turned = Duration.ofDays(2);
    assertThat(lookAndTell())
        .extracting(notice -> notice.path("event").asText())
        .containsExactly("reminded", "reminded");
    jdbc.sql("update message set state = 'applied'").update();
    assertThat(lookTwice())
        .extracting(notice -> notice.path("event").asText())
        .containsExactly("ended", "ended");
  }

  @Test
  void aReplayWaitsSinceItsOwnBeginning() throws Exception {
    insert(1, "received", "LAB|HOSP", null);
    jdbc.sql("update message set received_at = now() - interval '30 days'").update();
    assertThat(lookAndTell()).isEmpty();
  }

  @Test
  void aListenerThatNothingReachesAndOneThatWasNotHeardYet() throws Exception {
    Listeners lab = new Listeners();
    watches.add(new ListenerWatch(lab, Map.of("lab", Duration.ofHours(2)), clock));
    start();
    turned = Duration.ofMinutes(119);
    assertThat(lookAndTell()).isEmpty();
    turned = Duration.ofMinutes(120);
    told(lookAndTell(), "raised", "listener-silent");

    // After a restart nobody knows for two hours; that is no end.
    turned = Duration.ofMinutes(130);
    watches.set(1, new ListenerWatch(lab, Map.of("lab", Duration.ofHours(2)), clock));
    start();
    assertThat(lookTwice()).isEmpty();
    lab.state = ListenerControl.State.PAUSED;
    assertThat(lookTwice()).isEmpty();
    lab.state = ListenerControl.State.LISTENING;
    lab.last = begin.plus(turned);
    List<JsonNode> ended = lookTwice();
    told(ended, "ended", "listener-silent");
    assertThat(ended.get(0).path("since").asText()).startsWith(begin.toString().substring(0, 19));
  }

  @Test
  void aCertificateIsToldOfThreeTimesBeforeItEnds() throws Exception {
    Listeners lab = new Listeners();
    lab.ends = clock.instant().plus(Duration.ofDays(31));
    watches.add(new ListenerWatch(lab, Map.of(), clock));
    start();
    List<String> days = new ArrayList<>();
    for (int day = 0; day <= 33; day++) {
      turned = Duration.ofDays(day).plusMinutes(1);
      for (JsonNode notice : lookAndTell()) {
        days.add(day + " " + notice.path("event").asText());
      }
    }
    assertThat(days).containsExactly("1 raised", "24 reminded", "30 reminded", "31 reminded");
    lab.ends = clock.instant().plus(Duration.ofDays(365));
    told(lookTwice(), "ended", "certificate-ends");
  }

  @Test
  void aPlaceThatCannotBeAskedIsToldOfWhenItHasBeenAwayForAWhile() throws Exception {
    Listeners lab = new Listeners();
    watches.add(new ListenerWatch(lab, Map.of(), clock));
    start();
    lab.trouble = new ListenerControl.Trouble(begin, "No SFTP server answers at lab:22.");
    turned = Duration.ofSeconds(119);
    assertThat(lookAndTell()).isEmpty();
    turned = Duration.ofMinutes(2);
    told(lookAndTell(), "raised", "polling-fails");
    lab.trouble = null;
    told(lookTwice(), "ended", "polling-fails");
  }

  /** The database is what is amiss: it can be told, and what was told before is not over. */
  @Test
  void anInboxThatCannotCommitIsToldOfWithoutTheDatabase() throws Exception {
    Arrivals arrivals = new Arrivals(jdbc, transactions, RunningHub.get().bean(MessageSeal.class));
    watches.add(new CommitWatch(new Beats(arrivals::beat), clock, Limited.USUAL));
    start();
    insert(1, "failed", "LAB|HOSP", "UNTRANSLATABLE");
    told(lookAndTell(), "raised", "dead-letters");

    try {
      administer("alter database alerts with allow_connections false");
      administer("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'alerts'");
      assertThat(lookAndTell()).as("it may be a matter of seconds").isEmpty();
      turned = Duration.ofMinutes(1);
      told(lookAndTell(), "raised", "inbox-cannot-commit");
      turned = Duration.ofMinutes(2);
      assertThat(lookAndTell()).isEmpty();
    } finally {
      administer("alter database alerts with allow_connections true");
    }
    awaitDatabase();
    told(lookTwice(), "ended", "inbox-cannot-commit");
    start();
    assertThat(lookTwice()).isEmpty();
    assertThat(alerts.active(Watch.Kind.DEAD_LETTERS)).isEqualTo(1);
  }

  /** As behind a network that swallows everything: there is not even an error. */
  @Test
  void aDatabaseThatHangsIsToldOf() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    Beats hanging =
        new Beats(
            () -> {
              try {
                answer.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    watches.add(new CommitWatch(hanging, clock, Duration.ofMillis(100)));
    start();
    assertThat(lookAndTell()).isEmpty();
    turned = Duration.ofMinutes(1);
    told(lookAndTell(), "raised", "inbox-cannot-commit");
    answer.countDown();
    told(lookTwice(), "ended", "inbox-cannot-commit");
  }

  @Test
  void whatHasBecomeLessIsToldAgainWhenItGrows() throws Exception {
    start();
    insert(3, "failed", "LAB|HOSP", "UNTRANSLATABLE");
    told(lookAndTell(), "raised", "dead-letters");
    jdbc.sql("delete from message where seq > (select min(seq) from message)").update();
    assertThat(lookAndTell()).isEmpty();
    insert(1, "failed", "LAB|HOSP", "UNTRANSLATABLE");
    turned = Duration.ofDays(2);
    told(lookAndTell(), "reminded", "dead-letters");
  }

  /** The pool pauses after failures, and finds out a little later. */
  private void awaitDatabase() {
    for (int tries = 1; ; tries++) {
      try {
        jdbc.sql("select 1").query(Integer.class).single();
        return;
      } catch (DataAccessException e) {
        assertThat(tries).isLessThan(60);
      }
    }
  }

  private static void administer(String sql) throws SQLException {
    DataSource hubs = RunningHub.get().bean("inboxDataSource", DataSource.class);
    try (Connection connection = hubs.getConnection()) {
      connection.createStatement().execute(sql);
    }
  }

  /** The heartbeat of the inbox in this test's database. */
  private record Beats(Runnable heart) implements InboxControl {

    @Override
    public void beat() {
      heart.run();
    }

    @Override
    public Result replay(dev.kiln.routes.MessageId message, Duration patience) {
      throw new UnsupportedOperationException();
    }
  }

  /** A listener of which the test says what has come, and when. */
  private static final class Listeners implements ListenerControl {

    private Instant last;
    private Instant ends;
    private Trouble trouble;
    private State state = State.LISTENING;

    @Override
    public List<Listener> listeners() {
      return List.of(
          new Listener(
              "lab",
              "mllp",
              "127.0.0.1",
              2575,
              state,
              0,
              Optional.ofNullable(last),
              Optional.ofNullable(ends),
              Optional.ofNullable(trouble)));
    }

    @Override
    public void pause(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resume(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Trial test(String name) {
      throw new UnsupportedOperationException();
    }
  }

  /** It stands still, but for what the test has turned it: looks may take what they take. */
  private final class TurnedClock extends Clock {

    @Override
    public Instant instant() {
      return begin.plus(turned);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}

package dev.kiln.routes.inbox.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.InboxDatabase;
import dev.kiln.Messages;
import dev.kiln.Mllp;
import dev.kiln.RunningHub;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.archive.ArchiveTable;
import dev.kiln.routes.inbox.queue.Arrivals;
import dev.kiln.routes.inbox.queue.Awaited;
import dev.kiln.routes.inbox.queue.Leases;
import dev.kiln.routes.inbox.seal.MessageSeal.Part;
import dev.kiln.routes.inbox.seal.MessageSeal.Sealed;
import dev.kiln.routes.inbox.work.InboxWorker;
import dev.kiln.routes.settings.RoutesSettings;
import dev.kiln.routes.settings.WrongKey;
import dev.kiln.routes.sink.Sink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the tables hold of a message, and what keys and restarts do to it. */
class SealIT {

  private static final byte[] RAW = "PID|1||Kettle".getBytes(StandardCharsets.UTF_8);
  private static HikariDataSource database;

  @TempDir private Path folder;
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final TransactionTemplate transactions =
      new TransactionTemplate(new JdbcTransactionManager(database));

  @BeforeAll
  static void createDatabase() throws SQLException {
    database = InboxDatabase.create("seals");
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void empty() {
    jdbc.sql("truncate message, lane, joined_lane, broken_lane, seal_key").update();
  }

  private Path keys() {
    return folder.resolve("messages.key");
  }

  private MessageSeal seal(Integer... lost) {
    return new KnownKeys(jdbc, new RoutesSettings.Seal(keys(), Set.of(lost))).open();
  }

  private Arrivals arrivals(MessageSeal seal) {
    return new Arrivals(jdbc, transactions, seal);
  }

  private Arrivals.Taken take(MessageSeal seal, byte[] raw) {
    Receipt receipt = new Receipt("ADT^A01", "1", "A|B", List.of("anna"), false, null);
    return arrivals(seal).insert("hl7v2", raw, "test", receipt);
  }

  private void addKey(int number) throws Exception {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    String line = number + " " + Base64.getEncoder().encodeToString(key) + "\n";
    Files.writeString(keys(), Files.readString(keys()) + line);
  }

  @Test
  void theTablesOfARunningHubHoldNothingOfWhatAMessageSays() throws Exception {
    RunningHub hub = RunningHub.get();
    JdbcClient inbox = JdbcClient.create(hub.bean("inboxDataSource", DataSource.class));
    String mrn = "9" + UUID.randomUUID().toString().substring(0, 11);
    String applied = Messages.admission(mrn, "SA" + mrn);
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      assertThat(sender.send(applied)).contains("MSA|AA");
      assertThat(sender.send("Kettle " + mrn + " is no message")).contains("MSA|AR");
    }
    for (int i = 0;
        inbox
                .sql("select count(*) from message where state = 'received'")
                .query(Long.class)
                .single()
            > 0;
        i++) {
      assertThat(i).isLessThan(300);
      Thread.sleep(100);
    }
    for (String table : List.of("message", "lane", "broken_lane", "seal_key")) {
      List<String> rows =
          inbox
              .sql("select row_to_json(it)::text from " + table + " it")
              .query(String.class)
              .list();
      for (String row : rows) {
        // The number is part of the control id here, which is kept as it is.
        assertThat(row.replace("SA" + mrn, "")).doesNotContain("Kettle").doesNotContain(mrn);
      }
    }
    assertThat(
            inbox
                .sql("select count(*) from message where encode(raw, 'escape') like '%Kettle%'")
                .query(Long.class)
                .single())
        .isZero();
    assertThat(
            inbox
                .sql("select raw_key from message where control_id = :control")
                .param("control", "SA" + mrn)
                .query(Integer.class)
                .single())
        .isPositive();
    assertThat(hub.data().resolve("messages.key")).exists();
  }

  @Test
  void aMessageGoesThroughTheInboxAndIsReadAgain() {
    MessageSeal seal = seal();
    Arrivals.Taken taken = take(seal, RAW);
    Leases leases = new Leases(jdbc, transactions, seal);
    leases.releaseAll();
    Leases.Leased leased = leases.lease(UUID.randomUUID(), Duration.ofMinutes(1)).orElseThrow();
    assertThat(leased.raw()).isEqualTo(RAW);
    assertThat(leases.failed(leased, "STORE_REFUSED", "Kettle is refused")).isTrue();
    assertThat(
            jdbc.sql("select encode(sealed_detail, 'escape') from message")
                .query(String.class)
                .single())
        .doesNotContain("Kettle");

    var whole = new ArchiveTable(jdbc, seal()).read(taken.id()).orElseThrow();
    assertThat(whole.raw()).isEqualTo(RAW);
    assertThat(whole.detail()).isEqualTo("Kettle is refused");
    assertThat(arrivals(seal()).kept(taken.id()).orElseThrow().raw()).isEqualTo(RAW);
  }

  @Test
  void theSealOfOneMessageIsNotTakenForThatOfAnother() {
    MessageSeal seal = seal();
    take(seal, RAW);
    Arrivals.Taken other = take(seal, "other".getBytes(StandardCharsets.UTF_8));
    jdbc.sql("update message set raw = (select raw from message where id <> :id) where id = :id")
        .param("id", other.id().value())
        .update();
    assertThatThrownBy(() -> arrivals(seal).kept(other.id())).isInstanceOf(SealBroken.class);
    assertThat(new ArchiveTable(jdbc, seal).read(other.id()).orElseThrow().detail())
        .contains("have been changed");
  }

  /** A worker that failed on it would lease it again and again, and hold up what is behind. */
  @Test
  void aMessageWhoseSealIsBrokenIsADeadLetter() {
    MessageSeal seal = seal();
    Arrivals.Taken broken = take(seal, RAW);
    jdbc.sql("update message set raw = raw || '\\x00'").update();
    Leases leases = new Leases(jdbc, transactions, seal);
    leases.releaseAll();
    RunningHub hub = RunningHub.get();
    new InboxWorker(
            leases,
            List.of(hub.bean("hl7v2Format", MessageFormat.class)),
            hub.bean(Sink.class),
            new SimpleMeterRegistry(),
            step -> {},
            new Awaited())
        .work();
    MessageArchive.Entry entry =
        new ArchiveTable(jdbc, seal).read(broken.id()).orElseThrow().entry();
    assertThat(entry.state()).isEqualTo(MessageArchive.State.FAILED);
    assertThat(entry.reason()).isEqualTo("SEAL_BROKEN");
  }

  @Test
  void aMissingOrAWrongKeyIsRefusedAndNothingIsMadeOrChanged() throws Exception {
    take(seal(), RAW);
    Path aside = Files.move(keys(), folder.resolve("aside"));
    assertThatThrownBy(this::seal)
        .isInstanceOf(WrongKey.class)
        .hasMessageContaining("sealed with key 1, and there is no file " + keys());
    assertThat(keys()).doesNotExist();

    new KeyFile(keys()).make(1);
    assertThatThrownBy(this::seal)
        .isInstanceOf(WrongKey.class)
        .hasMessageContaining("the key 1 in " + keys() + " is another one");
    Files.delete(keys());
    new KeyFile(keys()).make(2);
    assertThatThrownBy(this::seal)
        .isInstanceOf(WrongKey.class)
        .hasMessageContaining("sealed with key 1, which is not in " + keys());

    Files.delete(keys());
    Files.move(aside, keys());
    assertThat(take(seal(), RAW).isNew()).isFalse();
  }

  @Test
  void aNewKeySealsNewMessagesAndTheOldOneOpensOldOnes() throws Exception {
    Arrivals.Taken old = take(seal(), RAW);
    addKey(2);
    MessageSeal seal = seal();
    assertThat(take(seal, RAW).isNew()).as("repeats are found whatever the key").isFalse();
    take(seal, "new".getBytes(StandardCharsets.UTF_8));
    assertThat(jdbc.sql("select raw_key from message order by seq").query(Integer.class).list())
        .containsExactly(1, 2);
    assertThat(arrivals(seal).kept(old.id()).orElseThrow().raw()).isEqualTo(RAW);

    // Once nothing is sealed with it any more, the old key may go.
    jdbc.sql("delete from message where raw_key = 1").update();
    Files.writeString(keys(), Files.readString(keys()).lines().toList().get(1) + "\n");
    assertThat(take(seal(), "new".getBytes(StandardCharsets.UTF_8)).isNew()).isFalse();
  }

  @Test
  void aKeyThatIsLostForGoodTakesItsMessagesWithItAndNothingElse() throws Exception {
    Arrivals.Taken lost = take(seal(), RAW);
    Files.delete(keys());
    MessageSeal seal = seal(1);
    assertThat(new KeyFile(keys()).keys()).containsOnlyKeys(2);
    var whole = new ArchiveTable(jdbc, seal).read(lost.id()).orElseThrow();
    assertThat(whole.raw()).isEmpty();
    assertThat(whole.detail()).isEqualTo("The message is sealed with key 1, which is lost.");
    take(seal, "new".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::seal).isInstanceOf(WrongKey.class);
    Files.delete(keys());
    new KeyFile(keys()).make(1);
    assertThatThrownBy(() -> seal(1))
        .isInstanceOf(WrongKey.class)
        .hasMessageContaining("higher number");
  }

  @Test
  void whatAnEarlierReleaseHasWrittenIsReadRepeatedAndSealed() {
    MessageSeal seal = seal();
    MessageId id = plain(RAW, "received", null);
    MessageId refused = plain("x\0y".getBytes(StandardCharsets.UTF_8), "rejected", "Kettle");
    for (int i = 0; i < 150; i++) {
      plain(("older " + i).getBytes(StandardCharsets.UTF_8), "applied", null);
    }
    assertThat(arrivals(seal).kept(id).orElseThrow().raw()).isEqualTo(RAW);
    assertThat(take(seal, RAW)).isEqualTo(new Arrivals.Taken(id, false));

    // As cut short by a crash: some are sealed, and the next start goes on with the others.
    assertThat(sealing(seal).sealSome()).isEqualTo(100);
    assertThat(plainOnes()).isEqualTo(52);
    assertThat(sealing(seal()).sealSome()).isEqualTo(52);
    assertThat(sealing(seal()).sealSome()).isZero();

    assertThat(plainOnes()).isZero();
    assertThat(take(seal, RAW)).isEqualTo(new Arrivals.Taken(id, false));
    var whole = new ArchiveTable(jdbc, seal()).read(refused).orElseThrow();
    assertThat(whole.raw()).asString().isEqualTo("x\0y");
    assertThat(whole.detail()).isEqualTo("Kettle");
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from message
                    where detail is not null or encode(raw, 'escape') like '%older%'
                    """)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void aMessageThatWasSentAgainWhileItsFirstRunWasPlainIsSealedAsWell() {
    MessageSeal seal = seal();
    MessageId failed = plain(RAW, "failed", null);
    assertThat(take(seal, RAW).isNew()).as("a failed one is tried again").isTrue();
    jdbc.sql("update message set state = 'applied' where id = :id")
        .param("id", failed.value())
        .update();
    sealing(seal).sealSome();
    assertThat(plainOnes()).isZero();
    assertThat(arrivals(seal).kept(failed).orElseThrow().raw()).isEqualTo(RAW);
  }

  private Sealing sealing(MessageSeal seal) {
    return new Sealing(jdbc, transactions, seal);
  }

  private long plainOnes() {
    return jdbc.sql("select count(*) from message where raw_key = 0").query(Long.class).single();
  }

  /** A row as the release before wrote it. */
  private MessageId plain(byte[] raw, String state, String detail) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into message (id, source, format, type, control_id, sender, digest, raw, state,
                                 detail)
            values (:id, 'test', 'hl7v2', 'ADT^A01', '1', 'A|B', :digest, :raw, :state, :detail)
            """)
        .param("id", id)
        .param("digest", MessageSeal.plainDigest(raw))
        .param("raw", raw)
        .param("state", state)
        .param("detail", detail)
        .update();
    return new MessageId(id);
  }

  @Test
  void aSealedMessageIsLongerByANonceAndATag() {
    Sealed sealed = seal().seal(new MessageId(UUID.randomUUID()), Part.RAW, RAW);
    assertThat(sealed.bytes()).hasSize(RAW.length + 28);
  }
}

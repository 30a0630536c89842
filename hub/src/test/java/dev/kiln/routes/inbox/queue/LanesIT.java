package dev.kiln.routes.inbox.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.InboxDatabase;
import dev.kiln.RunningHub;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.inbox.MessageBatch;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Translation;
import dev.kiln.routes.inbox.archive.ArchiveTable;
import dev.kiln.routes.inbox.seal.MessageSeal;
import dev.kiln.routes.inbox.work.InboxWorker;
import dev.kiln.routes.sink.Sink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.Charset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The inbox's own tables in a database of their own, where no worker but the test is at work. */
class LanesIT {

  /** Pruned between being found and being put back. */
  private static final MessageId MESSAGE_OF_NOBODY = new MessageId(UUID.randomUUID());

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static HikariDataSource database;

  private final Map<String, Leases.Leased> leased = new HashMap<>();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final TransactionTemplate transactions =
      new TransactionTemplate(new JdbcTransactionManager(database));
  private final MessageSeal seal = RunningHub.get().bean(MessageSeal.class);
  private final Arrivals arrivals = new Arrivals(jdbc, transactions, seal);
  private final Leases leases = new Leases(jdbc, transactions, seal);

  @BeforeAll
  static void createDatabase() throws SQLException {
    database = InboxDatabase.create("lanes");
    database.setMaximumPoolSize(16);
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void empty() {
    jdbc.sql("truncate message, lane, joined_lane, broken_lane").update();
  }

  @Test
  void messagesOfOneLaneAreAppliedOneAfterTheOther() {
    receive("first", "anna");
    receive("second", "anna");
    receive("other", "bert");
    assertThat(lease()).isEqualTo("first");
    assertThat(lease()).isEqualTo("other");
    assertThat(lease()).isNull();
    done("first");
    assertThat(lease()).isEqualTo("second");
  }

  @Test
  void aMessageOfTwoLanesWaitsForBothAndHoldsBoth() {
    receive("anna", "anna");
    receive("bert", "bert");
    receive("both", "anna", "bert");
    receive("anna again", "anna");
    assertThat(lease()).isEqualTo("anna");
    assertThat(lease()).isEqualTo("bert");
    done("bert");
    assertThat(lease()).isNull();
    done("anna");
    assertThat(lease()).isEqualTo("both");
    assertThat(lease()).isNull();
    done("both");
    assertThat(lease()).isEqualTo("anna again");
  }

  @Test
  void lanesThatAMergeHasJoinedAreOneFromThenOn() {
    merge("anna is bert", "anna", "bert");
    merge("bert is carl", "bert", "carl");
    receive("anna", "anna");
    receive("carl", "carl");
    receive("bert", "bert");
    for (String next : List.of("anna is bert", "bert is carl", "anna", "carl", "bert")) {
      assertThat(lease()).isEqualTo(next);
      assertThat(lease()).isNull();
      done(next);
    }
  }

  /** PostgreSQL counts the rows that it has looked at. */
  @Test
  void whatMayBeTakenIsFoundAtOnceHoweverMuchWaitsInOneLane() {
    for (int i = 0; i < 1000; i++) {
      receive("waits " + i, "anna");
    }
    receive("other", "bert");
    assertThat(lease()).isEqualTo("waits 0");
    jdbc.sql("analyze message, lane").update();
    Long rows =
        transactions.execute(
            status -> {
              long before = rowsLookedAt();
              assertThat(lease()).isEqualTo("other");
              assertThat(lease()).isNull();
              done("waits 0");
              assertThat(lease()).isEqualTo("waits 1");
              return rowsLookedAt() - before;
            });
    assertThat(rows).isBetween(1L, 60L);
  }

  /** By this connection, and not reported yet. */
  private long rowsLookedAt() {
    return jdbc.sql(
            """
            select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_xact_user_tables
            where schemaname = 'inbox' and relname in ('message', 'lane')
            """)
        .query(Long.class)
        .single();
  }

  /** A message of two lanes becomes the first when the last of those before it is finished. */
  @Test
  void twoWhoFinishAtOnceFreeWhatWaitsForBoth() throws Exception {
    for (int i = 0; i < 30; i++) {
      String[] names = {"anna " + i, "bert " + i, "both " + i};
      receive(names[0], "anna");
      receive(names[1], "bert");
      receive(names[2], "anna", "bert");
      lease();
      lease();
      inParallel(List.of(() -> done(leased.get(names[0])), () -> done(leased.get(names[1]))));
      assertThat(lease()).isEqualTo(names[2]);
      done(names[2]);
    }
  }

  @Test
  void aStartReckonsAnewWhoIsFirst() {
    receive("first", "anna");
    receive("second", "anna");
    jdbc.sql("update message set is_first = not is_first").update();
    leases.releaseAll();
    assertThat(lease()).isEqualTo("first");
    assertThat(lease()).isNull();
  }

  @Test
  void aPassingFaultHoldsUpItsLaneAlone() {
    receive("first", "anna");
    receive("second", "anna");
    receive("other", "bert");
    assertThat(lease()).isEqualTo("first");
    assertThat(leases.postpone(leased.get("first"))).isEqualTo(1);
    jdbc.sql("update message set retry_at = now() + interval '1 hour' where faults > 0").update();
    assertThat(lease()).isEqualTo("other");
    assertThat(lease()).isNull();
    jdbc.sql("update message set retry_at = now() where faults > 0").update();
    assertThat(lease()).isEqualTo("first");
  }

  @Test
  void aDeadLetterFreesItsLaneAndWhatFollowsIsMarkedUntilItIsMended() {
    receive("dead", "anna");
    receive("second", "anna");
    receive("other", "bert");
    lease();
    leases.failed(leased.get("dead"), "STORE_REFUSED", "detail");
    assertThat(lease()).isEqualTo("second");
    done("second");
    assertThat(lease()).isEqualTo("other");
    done("other");
    assertThat(afterDeadLetter("second")).isEqualTo(id("dead").value());
    assertThat(afterDeadLetter("other")).isNull();

    assertThatThrownBy(() -> arrivals.replay(MESSAGE_OF_NOBODY, receipt("gone", "anna"), "test"))
        .isInstanceOf(IllegalStateException.class);
    receive("third", "anna");
    arrivals.replay(id("dead"), receipt("dead", "anna"), "test");
    receive("fourth", "anna");
    for (String next : List.of("third", "dead", "fourth")) {
      assertThat(lease()).as("a replay takes its place behind what waits").isEqualTo(next);
      done(next);
    }
    assertThat(afterDeadLetter("third")).isEqualTo(id("dead").value());
    assertThat(afterDeadLetter("fourth")).isNull();
  }

  @Test
  void aLeaseThatHasRunOutIsLeasedAgain() {
    receive("first", "anna");
    assertThat(lease()).isEqualTo("first");
    assertThat(lease()).isNull();
    jdbc.sql("update message set leased_until = now() - interval '1 second'").update();
    assertThat(lease()).isEqualTo("first");
    leases.releaseAll();
    assertThat(lease()).isEqualTo("first");
  }

  @Test
  void whoHasLostTheLeaseDecidesNothingAnyMore() {
    receive("first", "anna");
    receive("second", "anna");
    lease();
    Leases.Leased slow = leased.get("first");
    jdbc.sql("update message set leased_until = now() - interval '1 second'").update();
    assertThat(lease()).isEqualTo("first");
    assertThat(leases.postpone(slow)).isZero();
    assertThat(leases.attempted(slow)).isZero();
    assertThat(leases.failed(slow, "STORE_REFUSED", "detail")).isFalse();
    assertThat(done(slow)).isFalse();
    assertThat(lease()).as("the other worker still has it").isNull();
    done("first");
    assertThat(lease()).isEqualTo("second");
    assertThat(leases.failed(slow, "STORE_REFUSED", "detail")).isFalse();
    assertThat(text(id("first"), "state")).isEqualTo("applied");
    arrivals.replay(id("first"), receipt("first", "anna"), "test");
    assertThat(done(slow)).isFalse();
    assertThat(text(id("first"), "state")).as("the new run is still to come").isEqualTo("received");
    done("second");
    assertThat(lease()).isEqualTo("first");
  }

  @Test
  void aDetailWithAZeroByteIsKeptAsWell() {
    receive("first", "anna");
    lease();
    assertThat(leases.failed(leased.get("first"), "UNTRANSLATABLE", "a\0b")).isTrue();
    assertThat(new ArchiveTable(jdbc, seal).read(id("first")).orElseThrow().detail())
        .isEqualTo("a\0b");
  }

  /** A message that uses up the memory must not take one worker after the other with it. */
  @Test
  void aMessageThatBringsAnErrorAboutBecomesADeadLetterLikeOthers() {
    RunningHub hub = RunningHub.get();
    for (Error error : List.of(new NoClassDefFoundError("x"), new OutOfMemoryError("x"))) {
      String control = error.getClass().getSimpleName();
      Receipt oddlyTyped = new Receipt("Kettle^Copper", control, "S", List.of(), false, null);
      arrivals.insert("hl7v2", control.getBytes(), "test", oddlyTyped);
      SimpleMeterRegistry metrics = new SimpleMeterRegistry();
      InboxWorker worker =
          new InboxWorker(
              leases,
              List.of(new Failing(error)),
              hub.bean(Sink.class),
              metrics,
              step -> {},
              new Awaited());
      for (int tries = 0; tries < 6; tries++) {
        worker.work();
        jdbc.sql("update message set retry_at = null").update();
      }
      assertThat(text(id(control), "state")).isEqualTo("failed");
      assertThat(metrics.get("kiln.inbox.finished").tag("type", "other").counter().count())
          .isEqualTo(1);
    }
  }

  /** Cannot translate anything. */
  private record Failing(Error error) implements MessageFormat {

    @Override
    public String name() {
      return "hl7v2";
    }

    @Override
    public Receipt judge(byte[] raw) {
      throw error;
    }

    @Override
    public Optional<MessageBatch> batch(byte[] raw) {
      throw error;
    }

    @Override
    public Charset charset(byte[] raw) {
      throw error;
    }

    @Override
    public byte[] acknowledge(byte[] raw, Receipt receipt) {
      throw error;
    }

    @Override
    public Translation translate(byte[] raw) {
      throw error;
    }
  }

  @Test
  void theSameMessageFromManyConnectionsIsOne() throws Exception {
    List<Arrivals.Taken> taken = inParallel(Collections.nCopies(8, () -> receive("same", "anna")));
    assertThat(taken).filteredOn(Arrivals.Taken::isNew).hasSize(1);
    assertThat(taken).extracting(Arrivals.Taken::id).containsOnly(id("same"));
    lease();
    done("same");
    assertThat(receive("same", "anna").isNew()).as("after it was applied, too").isFalse();
  }

  /**
   * Eight senders, four workers, five patients, joined here and there: whatever runs at the same
   * time shares no lane, and each sender's messages about one patient keep their order.
   */
  @Test
  void orderHoldsUnderLoad() throws Exception {
    long seed = new Random().nextLong();
    Map<String, Long> inWork = new ConcurrentHashMap<>();
    List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
    List<String> finished = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean sending = new AtomicBoolean(true);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int sender = 0; sender < 8; sender++) {
      int number = sender;
      work.add(() -> send(new Random(seed + number), number));
    }
    ExecutorService workers = Executors.newFixedThreadPool(4);
    List<Future<?>> running = new ArrayList<>();
    for (int worker = 0; worker < 4; worker++) {
      running.add(
          workers.submit(
              () -> {
                while (sending.get() || jdbcCount("state = 'received'") > 0) {
                  apply(inWork, overlaps, finished);
                }
                return null;
              }));
    }
    inParallel(work);
    sending.set(false);
    for (Future<?> worker : running) {
      worker.get();
    }
    workers.shutdown();
    assertThat(overlaps).as("seed " + seed).isEmpty();
    assertThat(finished).as("seed " + seed).hasSize(8 * 40);
    Map<String, Integer> last = new HashMap<>();
    for (String message : finished) {
      String[] parts = message.split(" ");
      for (String lane : parts[2].split(",")) {
        int number = Integer.parseInt(parts[1]);
        Integer before = last.put(parts[0] + lane, number);
        assertThat(before == null || before < number).as("seed %d: %s", seed, message).isTrue();
      }
    }
  }

  private int send(Random random, int sender) {
    for (int message = 0; message < 40; message++) {
      TreeSet<String> lanes = new TreeSet<>();
      for (int i = 0; i <= random.nextInt(2); i++) {
        lanes.add("patient" + random.nextInt(5));
      }
      boolean merges = lanes.size() > 1 && random.nextInt(20) == 0;
      String control = sender + " " + message + " " + String.join(",", lanes);
      Receipt receipt = new Receipt("ADT^A08", control, "S", List.copyOf(lanes), merges, null);
      arrivals.insert("hl7v2", control.getBytes(), "test", receipt);
    }
    return 40;
  }

  private void apply(Map<String, Long> inWork, List<String> overlaps, List<String> finished)
      throws InterruptedException {
    Optional<Leases.Leased> leased = leases.lease(UUID.randomUUID(), LEASE);
    if (leased.isEmpty()) {
      return;
    }
    String control = new String(leased.get().raw());
    String[] lanes = control.split(" ")[2].split(",");
    for (String lane : lanes) {
      if (inWork.putIfAbsent(lane, 1L) != null) {
        overlaps.add(control);
      }
    }
    Thread.sleep(1);
    finished.add(control);
    for (String lane : lanes) {
      inWork.remove(lane);
    }
    done(leased.get());
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> task : threads.invokeAll(tasks)) {
        results.add(task.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  private Arrivals.Taken receive(String control, String... lanes) {
    return arrivals.insert("hl7v2", control.getBytes(), "test", receipt(control, lanes));
  }

  private void merge(String control, String... lanes) {
    arrivals.insert(
        "hl7v2",
        control.getBytes(),
        "test",
        new Receipt("ADT^A40", control, "S", List.of(lanes), true, null));
  }

  private static Receipt receipt(String control, String... lanes) {
    return new Receipt("ADT^A08", control, "S", List.of(lanes), false, null);
  }

  /** The control id of the message that was leased, or null. */
  private String lease() {
    Optional<Leases.Leased> message = leases.lease(UUID.randomUUID(), LEASE);
    message.ifPresent(taken -> leased.put(text(taken.id(), "control_id"), taken));
    return message.map(taken -> text(taken.id(), "control_id")).orElse(null);
  }

  private void done(String control) {
    assertThat(done(leased.get(control))).isTrue();
  }

  private boolean done(Leases.Leased message) {
    return leases.applied(message, new Translation(null, List.of(), List.of(), 0), List.of(), "{}");
  }

  private MessageId id(String control) {
    return new MessageId(
        jdbc.sql("select id from message where control_id = :control")
            .param("control", control)
            .query(UUID.class)
            .single());
  }

  private UUID afterDeadLetter(String control) {
    return jdbc.sql("select after_dead_letter from message where control_id = :control")
        .param("control", control)
        .query((ResultSet row, int number) -> Optional.ofNullable(row.getObject(1, UUID.class)))
        .single()
        .orElse(null);
  }

  private String text(MessageId id, String column) {
    return jdbc.sql("select " + column + " from message where id = :id")
        .param("id", id.value())
        .query(String.class)
        .single();
  }

  private long jdbcCount(String condition) {
    return jdbc.sql("select count(*) from message where " + condition).query(Long.class).single();
  }
}

package dev.kiln.routes.edge.file;

import static dev.kiln.routes.edge.KeptMessages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.control.ListenerControl.Stage;
import dev.kiln.routes.control.ListenerControl.State;
import dev.kiln.routes.control.ListenerControl.Step;
import dev.kiln.routes.control.ListenerControl.Trial;
import dev.kiln.routes.control.ListenerControl.Trouble;
import dev.kiln.routes.edge.BatchIntake;
import dev.kiln.routes.edge.Intake;
import dev.kiln.routes.edge.JudgedMessages;
import dev.kiln.routes.edge.KeptMessages;
import dev.kiln.routes.edge.KeptMessages.Refused;
import dev.kiln.routes.edge.Listeners;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.hl7v2.nmd.NmdTestMessages;
import dev.kiln.routes.settings.Acknowledge;
import dev.kiln.routes.settings.FileSettings;
import dev.kiln.routes.settings.WrongListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Files that are dropped, on a real file system. */
@Timeout(60)
class FileListenerTest {

  private static final int LIMIT = 64 << 10;

  private final KeptMessages kept = new KeptMessages();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @TempDir Path root;

  private Path folder;
  private FileListener listener;

  @BeforeEach
  void open() {
    folder = root.resolve("in");
    listener = listener(folder);
    listener.start();
  }

  @AfterEach
  void close() {
    kept.released.countDown();
    listener.stop();
  }

  private FileListener listener(Path folder) {
    return listener(folder, new BatchIntake(Sample.format(), kept));
  }

  private FileListener listener(Path folder, Intake intake) {
    return new FileListener(
        "drop",
        new LocalPlace(
            "drop",
            new FileSettings(
                folder,
                DataSize.ofBytes(LIMIT),
                Duration.ofMillis(400),
                Acknowledge.ON_COMMIT,
                Duration.ZERO)),
        LIMIT,
        intake,
        metrics);
  }

  /** As a careful sender does it. */
  private void drop(String name, String content) throws IOException {
    Path hidden = Files.write(root.resolve(name), KeptMessages.bytes(content));
    Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private void await(Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      Thread.sleep(20);
    }
  }

  private String read(Path file) throws IOException {
    return KeptMessages.text(Files.readAllBytes(file));
  }

  private List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileIsTakenInAndAnswered() throws Exception {
    drop("a.hl7", message("M1") + message("M2"));
    await(folder.resolve("done/a.hl7"));
    assertThat(kept.accepted).containsExactly(message("M1"), message("M2"));
    assertThat(read(folder.resolve("done/a.hl7"))).isEqualTo(message("M1") + message("M2"));
    assertThat(read(folder.resolve("done/a.hl7.ack")))
        .startsWith("BHS|")
        .endsWith("AA M1AA M2BTS|2\r");
    assertThat(names(folder)).containsExactly("done", "failed");
    assertThat(names(folder.resolve("done"))).containsExactly("a.hl7", "a.hl7.ack");
    assertThat(metrics.get("kiln.files").tag("outcome", "done").counter().count()).isEqualTo(1);
    assertThat(listener.told().lastMessage()).isPresent();
    assertThat(listener.told().kind()).isEqualTo("file");
  }

  @Test
  void aFileOfWhichSomethingIsRefusedHasFailed() throws Exception {
    drop("a.hl7", message("M1") + message("M2", "version 3"));
    await(folder.resolve("failed/a.hl7"));
    assertThat(kept.accepted).containsExactly(message("M1"));
    assertThat(read(folder.resolve("done/a.hl7.ack"))).endsWith("AA M1AR M2BTS|2\r");
    drop("large.hl7", "x".repeat(LIMIT + 10));
    await(folder.resolve("failed/large.hl7"));
    assertThat(kept.refused).contains(new Refused(RejectReason.FRAME_TOO_LARGE, "x".repeat(LIMIT)));
    assertThat(Files.size(folder.resolve("failed/large.hl7"))).isEqualTo(LIMIT + 10);
  }

  @Test
  void aFileThatGrowsIsWaitedFor() throws Exception {
    Path file = folder.resolve("a.hl7");
    Files.createFile(file);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      Thread.sleep(150);
      all.append(message("M" + i));
      Files.write(file, KeptMessages.bytes(message("M" + i)), StandardOpenOption.APPEND);
      assertThat(kept.accepted).isEmpty();
    }
    Files.write(folder.resolve("b.part"), KeptMessages.bytes(message("P")));
    Files.write(folder.resolve(".c"), KeptMessages.bytes(message("H")));
    Files.createSymbolicLink(folder.resolve("link"), Files.createFile(root.resolve("outside")));
    Files.write(root.resolve("outside"), KeptMessages.bytes(message("L")));
    await(folder.resolve("done/a.hl7"));
    assertThat(read(folder.resolve("done/a.hl7"))).isEqualTo(all.toString());
    assertThat(kept.accepted).hasSize(8);
    assertThat(names(folder)).containsExactly(".c", "b.part", "done", "failed", "link");
  }

  @Test
  void filesAreTakenInTheOrderInWhichTheyWereWritten() throws Exception {
    listener.pause();
    for (String name : new String[] {"c", "a", "b"}) {
      drop(name, message(name));
    }
    Files.setLastModifiedTime(folder.resolve("c"), FileTime.from(Instant.now().minusSeconds(60)));
    Files.setLastModifiedTime(folder.resolve("a"), FileTime.from(Instant.now().minusSeconds(30)));
    Files.setLastModifiedTime(folder.resolve("b"), FileTime.from(Instant.now().minusSeconds(30)));
    listener.start();
    await(folder.resolve("done/b"));
    assertThat(kept.accepted.get(0)).isEqualTo(message("c"));
    assertThat(kept.accepted).hasSize(3);
  }

  @Test
  void whatCannotBeStoredStaysAndNothingOvertakesIt() throws Exception {
    drop("a.hl7", message("M1", "disk full"));
    Thread.sleep(50);
    drop("b.hl7", message("M2"));
    while (metrics.find("kiln.files").tag("outcome", "not_stored").counter() == null) {
      Thread.sleep(20);
    }
    Thread.sleep(1500);
    assertThat(names(folder)).containsExactly("a.hl7", "b.hl7", "done", "failed");
    assertThat(names(folder.resolve("done"))).isEmpty();
    assertThat(kept.accepted).isEmpty();
    Files.delete(folder.resolve("a.hl7"));
    await(folder.resolve("done/b.hl7"));
  }

  @Test
  void aCrashBeforeTheFileIsMovedRepeatsIt() throws Exception {
    listener.pause();
    Files.write(folder.resolve("done/a.hl7.ack"), KeptMessages.bytes("an answer cut o"));
    drop("a.hl7", message("M1"));
    listener = listener(folder);
    listener.start();
    await(folder.resolve("done/a.hl7"));
    assertThat(read(folder.resolve("done/a.hl7.ack"))).isEqualTo("AA M1");
    drop("a.hl7", message("M2"));
    await(folder.resolve("done/a.hl7.2"));
    assertThat(read(folder.resolve("done/a.hl7.2.ack"))).isEqualTo("AA M2");
    assertThat(read(folder.resolve("done/a.hl7"))).isEqualTo(message("M1"));
  }

  /** At the first look after a fault its file is not taken for finished, and nothing is proven. */
  @Test
  void aTroubleLastsUntilTheFileIsTakenAway() throws Exception {
    Path inTheWay = Files.createDirectories(folder.resolve("done/a.hl7.ack/full"));
    drop("a.hl7", message("M1"));
    while (listener.told().trouble().isEmpty()) {
      Thread.sleep(10);
    }
    Instant since = listener.told().trouble().get().since();
    while (kept.accepted.size() < 3) {
      assertThat(listener.told().trouble()).map(Trouble::since).contains(since);
      Thread.sleep(10);
    }
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    await(folder.resolve("done/a.hl7"));
    while (listener.told().trouble().isPresent()) {
      Thread.sleep(10);
    }
  }

  @Test
  void aPauseWaitsForTheFileAtHand() throws Exception {
    drop("a.hl7", message("M1", "wait"));
    kept.begun.await();
    CompletableFuture<Void> pausing = CompletableFuture.runAsync(listener::pause);
    while (listener.told().state() != State.DRAINING) {
      Thread.sleep(10);
    }
    kept.released.countDown();
    pausing.get();
    assertThat(listener.told().state()).isEqualTo(State.PAUSED);
    assertThat(names(folder.resolve("done"))).containsExactly("a.hl7", "a.hl7.ack");
    drop("b.hl7", message("M2"));
    Thread.sleep(1000);
    assertThat(kept.accepted).hasSize(1);
    listener.start();
    await(folder.resolve("done/b.hl7"));
  }

  @Test
  void aFolderThatIsNoneIsSaidByItsSetting() throws Exception {
    Path file = Files.createFile(root.resolve("file"));
    FileListener wrong = listener(file);
    assertThatThrownBy(wrong::start)
        .isInstanceOf(WrongListener.class)
        .hasMessageContaining("kiln.routes.files.drop.folder");
    assertThat(wrong.told().state()).isEqualTo(State.STOPPED);
  }

  @Test
  void aTestMessageIsDroppedAnsweredAndTakenAwayAgain() throws Exception {
    listener.stop();
    JudgedMessages judged = new JudgedMessages();
    FileListener own = listener(folder, judged);
    Listeners listeners =
        new Listeners(Map.of("drop", own), new NmdTestMessages(Clock.systemUTC()));
    listeners.start();
    try {
      Trial trial = listeners.test("drop");
      assertThat(trial.isGood()).as(trial.steps().toString()).isTrue();
      assertThat(trial.steps())
          .extracting(Step::stage)
          .containsExactly(Stage.SENT, Stage.ACKNOWLEDGED);
      assertThat(KeptMessages.text(trial.acknowledgement()))
          .contains("MSA|AA|" + trial.controlId());
      assertThat(judged.accepted).hasSize(1);
      assertThat(names(folder)).containsExactly("done", "failed");
      assertThat(names(folder.resolve("done"))).isEmpty();
      assertThat(own.told().lastMessage()).as("of a partner").isEmpty();
    } finally {
      listeners.stop();
    }
  }
}

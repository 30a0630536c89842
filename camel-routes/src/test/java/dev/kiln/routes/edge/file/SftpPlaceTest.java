package dev.kiln.routes.edge.file;

import static dev.kiln.routes.edge.KeptMessages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kiln.routes.control.ListenerControl.Fault;
import dev.kiln.routes.control.ListenerControl.State;
import dev.kiln.routes.control.ListenerControl.Step;
import dev.kiln.routes.control.ListenerControl.Trial;
import dev.kiln.routes.control.ListenerControl.Trouble;
import dev.kiln.routes.edge.BatchIntake;
import dev.kiln.routes.edge.Intake;
import dev.kiln.routes.edge.JudgedMessages;
import dev.kiln.routes.edge.KeptMessages;
import dev.kiln.routes.edge.Listeners;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.hl7v2.nmd.NmdTestMessages;
import dev.kiln.routes.settings.Acknowledge;
import dev.kiln.routes.settings.SftpSettings;
import dev.kiln.routes.settings.WrongListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/** Files at a partner's: a real SFTP server, over a real socket. */
@Timeout(120)
class SftpPlaceTest {

  private static final int LIMIT = 64 << 10;

  private final KeptMessages kept = new KeptMessages();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @TempDir Path root;

  private SftpServer server;
  private Path home;
  private Path folder;
  private Path key;
  private Path password;
  private Path knownHosts;
  private FileListener listener;

  @BeforeEach
  void open() throws Exception {
    home = Files.createDirectories(root.resolve("home"));
    folder = Files.createDirectories(home.resolve("out"));
    server = new SftpServer(home);
    key = server.key(root.resolve("key"));
    password = Files.writeString(root.resolve("password"), SftpServer.PASSWORD + "\n");
    knownHosts = server.knownHosts(root.resolve("known_hosts"));
    listener = listener(key, null);
  }

  @AfterEach
  void close() throws IOException {
    kept.released.countDown();
    listener.stop();
    server.close();
  }

  private FileListener listener(Path key, Path password) {
    return listener("out", key, password, new BatchIntake(Sample.format(), kept));
  }

  private FileListener listener(String folder, Path key, Path password, Intake intake) {
    return new FileListener(
        "lab",
        new SftpPlace(
            "lab",
            new SftpSettings(
                "127.0.0.1",
                server.port(),
                SftpServer.USER,
                folder,
                key,
                password,
                knownHosts,
                Duration.ofSeconds(1),
                DataSize.ofBytes(LIMIT),
                Duration.ofMillis(400),
                Duration.ofSeconds(4),
                Acknowledge.ON_COMMIT,
                Duration.ZERO)),
        LIMIT,
        intake,
        metrics);
  }

  private void start() throws Exception {
    listener.start();
    while (!Files.isDirectory(folder.resolve("failed"))) {
      Thread.sleep(20);
    }
  }

  private void drop(String name, String content) throws IOException {
    Path hidden = Files.write(root.resolve(name), KeptMessages.bytes(content));
    Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private void await(Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      Thread.sleep(20);
    }
  }

  private String read(String file) throws IOException {
    return KeptMessages.text(Files.readAllBytes(folder.resolve(file)));
  }

  private List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Trouble trouble() throws InterruptedException {
    Optional<Trouble> trouble = listener.told().trouble();
    while (trouble.isEmpty()) {
      Thread.sleep(20);
      trouble = listener.told().trouble();
    }
    return trouble.get();
  }

  private void awaitNoTrouble() throws InterruptedException {
    while (listener.told().trouble().isPresent()) {
      Thread.sleep(20);
    }
  }

  @Test
  void aFileIsFetchedAndAnsweredAndTakenAway() throws Exception {
    start();
    drop("a.hl7", message("M1") + message("M2"));
    await(folder.resolve("done/a.hl7"));
    assertThat(kept.accepted).containsExactly(message("M1"), message("M2"));
    assertThat(read("done/a.hl7")).isEqualTo(message("M1") + message("M2"));
    assertThat(read("done/a.hl7.ack")).startsWith("BHS|").endsWith("AA M1AA M2BTS|2\r");
    assertThat(names(folder)).containsExactly("done", "failed");
    assertThat(names(folder.resolve("done"))).containsExactly("a.hl7", "a.hl7.ack");
    assertThat(listener.told().kind()).isEqualTo("sftp");
    assertThat(listener.told().address()).isEqualTo("sftp://127.0.0.1:" + server.port() + "/out");
    assertThat(listener.told().lastMessage()).isPresent();
    assertThat(metrics.get("kiln.files").tag("outcome", "done").counter().count()).isEqualTo(1);

    drop("a.hl7", message("M3", "version 3"));
    await(folder.resolve("failed/a.hl7.2"));
    assertThat(read("done/a.hl7.2.ack")).isEqualTo("AR M3");
    drop("large.hl7", "x".repeat(LIMIT + 10));
    await(folder.resolve("failed/large.hl7"));
    assertThat(Files.size(folder.resolve("failed/large.hl7"))).isEqualTo(LIMIT + 10);
  }

  @Test
  void byAPassword() throws Exception {
    listener = listener(null, password);
    start();
    drop("a.hl7", message("M1"));
    await(folder.resolve("done/a.hl7"));
  }

  @Test
  void inOrderAndNothingThatIsNotFinished() throws Exception {
    for (String name : new String[] {"c", "a", "b"}) {
      drop(name, message(name));
      Files.setLastModifiedTime(
          folder.resolve(name),
          FileTime.from(Instant.now().minusSeconds(name.equals("c") ? 60 : 30)));
    }
    Files.write(folder.resolve("b.part"), KeptMessages.bytes(message("P")));
    Files.write(folder.resolve(".c"), KeptMessages.bytes(message("H")));
    Files.createSymbolicLink(folder.resolve("link"), home.resolve("outside"));
    Files.write(home.resolve("outside"), KeptMessages.bytes(message("L")));
    Path growing = Files.createFile(folder.resolve("growing"));
    start();
    for (int i = 0; i < 10; i++) {
      Files.write(growing, KeptMessages.bytes(message("G" + i)), StandardOpenOption.APPEND);
      Thread.sleep(300);
    }
    assertThat(kept.accepted).containsExactly(message("c"), message("a"), message("b"));
    await(folder.resolve("done/growing"));
    assertThat(kept.accepted).hasSize(13);
    assertThat(names(folder)).containsExactly(".c", "b.part", "done", "failed", "link");
  }

  @Test
  void whatCannotBeStoredStaysAndNothingOvertakesIt() throws Exception {
    start();
    drop("a.hl7", message("M1", "disk full"));
    Thread.sleep(50);
    drop("b.hl7", message("M2"));
    while (metrics.find("kiln.files").tag("outcome", "not_stored").counter() == null) {
      Thread.sleep(20);
    }
    Thread.sleep(2500);
    assertThat(names(folder)).containsExactly("a.hl7", "b.hl7", "done", "failed");
    assertThat(kept.accepted).isEmpty();
    Files.delete(folder.resolve("a.hl7"));
    await(folder.resolve("done/b.hl7"));
  }

  @Test
  void aServerThatIsAwayIsWaitedFor() throws Exception {
    server.stop();
    listener.start();
    assertThat(trouble().why())
        .isEqualTo("No SFTP server answers at 127.0.0.1:" + server.port() + ".");
    assertThat(listener.told().state()).isEqualTo(State.LISTENING);
    server.start();
    drop("a.hl7", message("M1"));
    await(folder.resolve("done/a.hl7"));
    awaitNoTrouble();

    server.stop();
    Trouble lost = trouble();
    Thread.sleep(3000);
    assertThat(trouble().since()).isEqualTo(lost.since());
    server.start();
    drop("b.hl7", message("M2"));
    await(folder.resolve("done/b.hl7"));
    assertThat(kept.accepted).hasSize(2);
  }

  /** The answer to the sender is lost, and the messages are known when they come again. */
  @Test
  void aConnectionThatIsLostWhileAFileIsTakenInRepeatsIt() throws Exception {
    start();
    drop("a.hl7", message("M1", "wait"));
    kept.begun.await();
    server.stop();
    kept.released.countDown();
    trouble();
    assertThat(names(folder)).contains("a.hl7");
    server.start();
    await(folder.resolve("done/a.hl7"));
    assertThat(kept.accepted).hasSize(2).containsOnly(message("M1", "wait"));
    assertThat(names(folder.resolve("done"))).containsExactly("a.hl7", "a.hl7.ack");
  }

  @Test
  void anAnswerThatAnEarlierTryHasLeftIsReplaced() throws Exception {
    Files.createDirectories(folder.resolve("done"));
    Files.write(folder.resolve("done/a.hl7.ack"), KeptMessages.bytes("an answer cut o"));
    start();
    drop("a.hl7", message("M1"));
    await(folder.resolve("done/a.hl7"));
    assertThat(read("done/a.hl7.ack")).isEqualTo("AA M1");
  }

  @Test
  void aServerWithAnotherKeyIsNotTalkedTo() throws Exception {
    start();
    server.stop();
    server.changeKey();
    server.start();
    while (!trouble().why().contains("known-hosts")) {
      Thread.sleep(20);
    }
    assertThat(trouble().why())
        .startsWith("The key of 127.0.0.1:" + server.port() + " is not the one in")
        .contains("kiln.routes.sftp.lab.known-hosts");
    drop("a.hl7", message("M1"));
    String before = Files.readString(knownHosts);
    Thread.sleep(3000);
    assertThat(names(folder)).contains("a.hl7");
    assertThat(Files.readString(knownHosts)).isEqualTo(before);

    server.knownHosts(knownHosts);
    await(folder.resolve("done/a.hl7"));
  }

  @Test
  void aServerThatIsNotKnownIsNotTalkedTo() throws Exception {
    Files.writeString(knownHosts, "");
    listener.start();
    assertThat(trouble().why()).contains("known-hosts");
  }

  @Test
  void whoIsNotLetInSaysSo() throws Exception {
    SftpServer.write(SftpServer.pair("EC", 256), key);
    listener.start();
    assertThat(trouble().why())
        .isEqualTo(
            "127.0.0.1:" + server.port() + " does not let the user of kiln.routes.sftp.lab in.");
  }

  /** Whoever has the wrong name of a folder would wait for files in an empty one for ever. */
  @Test
  void aFolderThatIsNoneIsSaidAndNotMade() throws Exception {
    Files.delete(folder);
    listener.start();
    assertThat(trouble().why())
        .isEqualTo("kiln.routes.sftp.lab.folder is no folder at 127.0.0.1:" + server.port() + ".");
    assertThat(folder).doesNotExist();
    Files.createDirectory(folder);
    Files.createFile(folder.resolve("done"));
    while (!trouble().why().contains("written")) {
      Thread.sleep(20);
    }
    assertThat(trouble().why())
        .isEqualTo(
            "kiln.routes.sftp.lab.folder cannot be written at 127.0.0.1:" + server.port() + ".");
  }

  @Test
  void aServerThatNeverSpeaksIsNotTakenForOneThatLetsNobodyIn() throws Exception {
    server.stop();
    try (ServerSocket mute =
        new ServerSocket(server.port(), 50, InetAddress.getByName("127.0.0.1"))) {
      listener.start();
      assertThat(trouble().why())
          .isEqualTo("No SFTP server answers at 127.0.0.1:" + mute.getLocalPort() + ".");
    }
  }

  /** Its connection lives, and answers to signs of life. */
  @Test
  void aServerWhoseDiskHangsIsLeft() throws Exception {
    start();
    CountDownLatch disk = server.hang();
    try {
      assertThat(trouble().why()).contains("could not be used");
      drop("a.hl7", message("M1"));
    } finally {
      disk.countDown();
    }
    await(folder.resolve("done/a.hl7"));
    assertThat(kept.accepted).containsExactly(message("M1"));
  }

  @Test
  void twoListenersHaveFoldersOfTheirOwn() throws Exception {
    Path second = Files.createDirectories(home.resolve("second"));
    start();
    FileListener other = listener("second", key, null, new BatchIntake(Sample.format(), kept));
    other.start();
    try {
      drop("a.hl7", message("M1"));
      Files.write(second.resolve("a.hl7"), KeptMessages.bytes(message("M2")));
      await(folder.resolve("done/a.hl7"));
      await(second.resolve("done/a.hl7"));
      assertThat(kept.accepted).containsExactlyInAnyOrder(message("M1"), message("M2"));
    } finally {
      other.stop();
    }
  }

  /** What the library itself logs is turned off where the hub's log is set up. */
  @Test
  void noLineOfOursHasTheNameOfTheUserOrOfAFile() throws Exception {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    lines.start();
    root.addAppender(lines);
    try {
      start();
      Files.createDirectories(folder.resolve("done/anna.hl7.ack/full"));
      drop("anna.hl7", message("M1"));
      trouble();
      server.stop();
      server.changeKey();
      server.start();
      while (!trouble().why().contains("known-hosts")) {
        Thread.sleep(20);
      }
    } finally {
      root.detachAppender(lines);
    }
    List<String> ours =
        List.copyOf(lines.list).stream()
            .filter(line -> !line.getLoggerName().startsWith("org.apache.sshd."))
            .map(line -> line.getFormattedMessage() + line.getThrowableProxy())
            .toList();
    assertThat(ours).anyMatch(line -> line.contains("known-hosts"));
    assertThat(ours).noneMatch(line -> line.contains(SftpServer.USER + "@"));
    assertThat(ours).noneMatch(line -> line.contains("anna"));
  }

  @Test
  void wrongFilesAreSaidByTheirSetting() throws Exception {
    assertThatThrownBy(() -> listener(root.resolve("none"), null).start())
        .isInstanceOf(WrongListener.class)
        .hasMessageStartingWith("kiln.routes.sftp.lab.key-file ");
    assertThatThrownBy(() -> listener(password, null).start())
        .isInstanceOf(WrongListener.class)
        .hasMessageStartingWith("kiln.routes.sftp.lab.key-file ");
    assertThatThrownBy(() -> listener(null, root.resolve("none")).start())
        .isInstanceOf(WrongListener.class)
        .hasMessageStartingWith("kiln.routes.sftp.lab.password-file ");
    Files.delete(knownHosts);
    assertThatThrownBy(() -> listener(key, null).start())
        .isInstanceOf(WrongListener.class)
        .hasMessageStartingWith("kiln.routes.sftp.lab.known-hosts ");
  }

  @Test
  void aPausedListenerHasNoConnection() throws Exception {
    start();
    assertThat(server.sessions()).containsExactly(SftpServer.USER);
    listener.pause();
    while (!server.sessions().isEmpty()) {
      Thread.sleep(20);
    }
    assertThat(listener.told().state()).isEqualTo(State.PAUSED);
  }

  @Test
  void aTestMessageIsDroppedAnsweredAndTakenAwayAgain() throws Exception {
    JudgedMessages judged = new JudgedMessages();
    Listeners listeners =
        new Listeners(
            Map.of("lab", listener("out", key, null, judged)),
            new NmdTestMessages(Clock.systemUTC()));
    listeners.start();
    try {
      Trial trial = listeners.test("lab");
      assertThat(trial.isGood()).as(trial.steps().toString()).isTrue();
      assertThat(KeptMessages.text(trial.acknowledgement()))
          .contains("MSA|AA|" + trial.controlId());
      assertThat(judged.accepted).hasSize(1);
      assertThat(names(folder)).containsExactly("done", "failed");
      assertThat(names(folder.resolve("done"))).isEmpty();

      server.stop();
      Step lost = listeners.test("lab").steps().get(0);
      assertThat(lost.fault()).isEqualTo(Fault.REFUSED);
      assertThat(lost.text()).startsWith("No SFTP server answers at ");
    } finally {
      listeners.stop();
    }
  }
}

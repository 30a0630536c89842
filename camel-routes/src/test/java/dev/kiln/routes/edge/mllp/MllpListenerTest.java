package dev.kiln.routes.edge.mllp;

import static dev.kiln.routes.edge.KeptMessages.message;
import static dev.kiln.routes.edge.mllp.Sender.frame;
import static dev.kiln.routes.edge.mllp.TestSettings.LIMIT;
import static dev.kiln.routes.edge.mllp.TestSettings.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kiln.routes.Progress;
import dev.kiln.routes.RejectReason;
import dev.kiln.routes.control.ListenerControl.State;
import dev.kiln.routes.edge.KeptMessages;
import dev.kiln.routes.edge.KeptMessages.Refused;
import dev.kiln.routes.settings.MllpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.web.server.PortInUseException;

/** What a sender sees of the listener, over real sockets. */
@Timeout(120)
class MllpListenerTest {

  private final KeptMessages kept = new KeptMessages();
  private final List<Progress.Step> steps = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<Sender> senders = new ArrayList<>();
  private MllpListener listener;
  private int port;

  @AfterEach
  void closeEverything() throws IOException {
    kept.released.countDown();
    for (Sender sender : senders) {
      sender.close();
    }
    if (listener != null) {
      listener.stop();
    }
  }

  @Test
  void framesInOnePacketAreAnsweredInTheirOrder() throws Exception {
    open(PATIENCE);
    StringBuilder packet = new StringBuilder();
    IntStream.range(0, 200).forEach(i -> packet.append(frame(message("M" + i))));
    Sender sender = sender().send(packet.toString());
    for (int i = 0; i < 200; i++) {
      assertThat(sender.answer()).isEqualTo("AA M" + i);
    }
    assertThat(kept.accepted).startsWith(message("M0"), message("M1")).hasSize(200);
    assertThat(steps).hasSizeGreaterThanOrEqualTo(199).containsOnly(Progress.Step.ACK_SENT);
  }

  @Test
  void aFrameMayComeByteByByte() throws Exception {
    open(PATIENCE);
    Sender sender = sender();
    for (byte next : KeptMessages.bytes(frame(message("M1")) + frame(message("M2")))) {
      sender.send(new byte[] {next});
    }
    assertThat(sender.answer()).isEqualTo("AA M1");
    assertThat(sender.answer()).isEqualTo("AA M2");
    assertThat(kept.accepted).containsExactly(message("M1"), message("M2"));
  }

  @Test
  void answersAreTheSameHoweverTheBytesAreCut() throws Exception {
    // A busy machine must not make a pause of what is none.
    Duration calm = Duration.ofSeconds(20);
    open(new Patience(calm, calm, calm, calm, calm, PATIENCE.stop(), calm, calm));
    for (long seed = 1; seed <= 20; seed++) {
      MllpStream stream = new MllpStream(new Random(seed), LIMIT);
      Random cuts = new Random(seed * 31);
      Sender sender = sender();
      byte[] bytes = stream.bytes();
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int from = 0; from < bytes.length; ) {
                    int to = Math.min(bytes.length, from + 1 + cuts.nextInt(9000));
                    sender.send(Arrays.copyOfRange(bytes, from, to));
                    from = to;
                  }
                  sender.sendsNothingMore();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      List<String> answers = new ArrayList<>();
      for (String answer = sender.answer(); answer != null; answer = sender.answer()) {
        answers.add(answer);
      }
      sending.get();
      assertThat(answers).as("seed " + seed).isEqualTo(stream.answers());
    }
  }

  @Test
  void fiftySendersAreServedAtOnceAndTheNextOneWhenOneLeaves() throws Exception {
    open(PATIENCE);
    for (int i = 0; i < 50; i++) {
      // Each is in the middle of a message: nobody can be sent away for another.
      sender().send("\u000b" + message("S" + i));
    }
    await(() -> metrics.get("kiln.mllp.connections").gauge().value() == 50);
    Sender late = sender().send(frame(message("LATE")));
    assertThat(late.isSilentFor(700)).isTrue();
    for (int i = 0; i < 50; i++) {
      senders.get(i).send("\u001c\r");
      assertThat(senders.get(i).answer()).isEqualTo("AA S" + i);
    }
    assertThat(late.isSilentFor(700))
        .as("fifty who have just been heard keep their place")
        .isTrue();
    senders.get(7).close();
    assertThat(late.answer()).isEqualTo("AA LATE");
  }

  @Test
  void whoHasBeenIdleForLongestGivesWayToWhoSpeaks() throws Exception {
    Patience patience = patience(Duration.ofSeconds(30), Duration.ofMillis(400));
    start(settings(2, LIMIT, 4 * LIMIT), patience);
    Sender first = sender().send(frame(message("A")));
    assertThat(first.answer()).isEqualTo("AA A");
    Thread.sleep(100);
    Sender second = sender().send(frame(message("B")));
    assertThat(second.answer()).isEqualTo("AA B");
    Sender probe = sender();
    Thread.sleep(1000);
    first.send(frame(message("A2")));
    assertThat(first.answer()).as("a silent newcomer takes nobody's place").isEqualTo("AA A2");
    probe.close();
    Thread.sleep(1000);
    first.send(frame(message("A3")));
    assertThat(first.answer()).isEqualTo("AA A3");
    Sender third = sender().send(frame(message("C")));
    assertThat(third.answer()).isEqualTo("AA C");
    assertThat(second.isEnded()).isTrue();
    first.send(frame(message("A4")));
    assertThat(first.answer()).isEqualTo("AA A4");
  }

  @Test
  void aFrameBeyondTheLimitIsRefusedAndTheConnectionLivesOn() throws Exception {
    open(PATIENCE);
    String large = message("BIG", "x".repeat(10 * LIMIT));
    Sender sender = sender().send(frame(large) + frame(message("NEXT")));
    assertThat(sender.answer()).isEqualTo("AR BIG");
    assertThat(sender.answer()).isEqualTo("AA NEXT");
    assertThat(kept.refused)
        .containsExactly(new Refused(RejectReason.FRAME_TOO_LARGE, large.substring(0, LIMIT)));
    String largest = message("FITS", "").concat("y".repeat(LIMIT - message("FITS").length()));
    assertThat(sender.send(frame(largest)).answer()).isEqualTo("AA FITS");
    assertThat(kept.accepted).contains(largest);
  }

  @Test
  void noiseBeforeAFrameIsKeptWithoutAnAnswerOfItsOwn() throws Exception {
    open(PATIENCE);
    Sender sender = sender().send("\u0000\r\n noise \u00ff\u001c\r" + frame(message("M1")));
    assertThat(sender.answer()).isEqualTo("AA M1");
    assertThat(sender.send(" \r\n\u001c\r" + frame(message("M2"))).answer()).isEqualTo("AA M2");
    assertThat(sender.isSilentFor(800)).isTrue();
    assertThat(kept.refused)
        .containsExactly(new Refused(RejectReason.NOT_FRAMED, "noise \u00ff\u001c\r"));
  }

  @Test
  void aMessageWithoutAFrameIsAnsweredWhenItsSenderFallsSilentOrLeaves() throws Exception {
    open(PATIENCE);
    Sender sender = sender().send(message("BARE1"));
    assertThat(sender.answer()).isEqualTo("AR BARE1");
    assertThat(sender.send(frame(message("M1"))).answer()).isEqualTo("AA M1");
    sender.send(message("BARE2")).sendsNothingMore();
    assertThat(sender.answer()).isEqualTo("AR BARE2");
    assertThat(sender.answer()).isNull();
    assertThat(kept.refused)
        .containsExactly(
            new Refused(RejectReason.NOT_FRAMED, message("BARE1")),
            new Refused(RejectReason.NOT_FRAMED, message("BARE2")));
  }

  @Test
  void noiseIsKeptUpToTheLimit() throws Exception {
    open(PATIENCE);
    Sender sender = sender().send("z".repeat(3 * LIMIT));
    assertThat(sender.answer()).isEqualTo("AR ");
    assertThat(kept.refused)
        .containsExactly(new Refused(RejectReason.NOT_FRAMED, "z".repeat(LIMIT)));
  }

  @Test
  void aFrameThatIsCutOffIsKeptAndNotAnswered() throws Exception {
    open(PATIENCE);
    Sender sender = sender().send(frame(message("M1")) + "\u000bMSH|^~\\&|half");
    assertThat(sender.answer()).isEqualTo("AA M1");
    sender.sendsNothingMore();
    assertThat(sender.answer()).isNull();
    assertThat(kept.refused).containsExactly(new Refused(RejectReason.FRAGMENT, "MSH|^~\\&|half"));
    assertThat(kept.accepted).containsExactly(message("M1"));
  }

  @Test
  void aMessageThatIsGivenUpForAnotherDoesNotBecomeOneWithIt() throws Exception {
    open(PATIENCE);
    Sender sender = sender().send("\u000bMSH|half" + frame(message("M1")));
    assertThat(sender.answer()).isEqualTo("AA M1");
    assertThat(kept.refused).containsExactly(new Refused(RejectReason.FRAGMENT, "MSH|half"));
  }

  @Test
  void theCrBehindAFrameMayBeMissing() throws Exception {
    open(PATIENCE);
    Sender sender = sender().send("\u000b" + message("M1") + "\u001c");
    assertThat(sender.answer()).as("after a while").isEqualTo("AA M1");
    sender.send("\u000b" + message("M2") + "\u001c\u000b" + message("M3") + "\u001c");
    assertThat(sender.answer()).as("at the next start of block").isEqualTo("AA M2");
    sender.sendsNothingMore();
    assertThat(sender.answer()).as("at the end of the connection").isEqualTo("AA M3");
    assertThat(kept.accepted).containsExactly(message("M1"), message("M2"), message("M3"));
  }

  @Test
  void aFrameThatIsNeverFinishedIsKeptAndItsConnectionClosed() throws Exception {
    start(settings(50, LIMIT, 4 * LIMIT), patience(Duration.ofMillis(700), Duration.ofHours(1)));
    Sender stalled = sender().send("\u000bMSH|stalled");
    Sender trickling = sender().send("\u000bMSH|");
    Instant begun = Instant.now();
    CompletableFuture<Void> trickle =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (Duration.between(begun, Instant.now()).toSeconds() < 10) {
                  trickling.send("t");
                  Thread.sleep(50);
                }
              } catch (IOException | InterruptedException e) {
                // The listener has closed the connection.
              }
            });
    assertThat(stalled.isEnded()).isTrue();
    assertThat(trickling.isEnded()).isTrue();
    trickle.get();
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
    await(() -> kept.refused.size() == 2);
    assertThat(kept.refused).allMatch(refused -> refused.reason() == RejectReason.FRAGMENT);
    assertThat(kept.refused).anyMatch(refused -> refused.content().matches("MSH\\|t{5,}"));
    assertThat(sender().send(frame(message("M1"))).answer()).isEqualTo("AA M1");
  }

  @Test
  void aFaultInOneMessageIsAnsweredAndTheConnectionLivesOn() throws Exception {
    open(PATIENCE);
    Sender sender =
        sender()
            .send(frame(message("M1", "overflow")))
            .send(frame(message("M2", "fault")))
            .send(frame(message("M3")));
    assertThat(sender.answer()).isEqualTo("AE M1");
    assertThat(sender.answer()).isEqualTo("AE M2");
    assertThat(sender.answer()).isEqualTo("AA M3");
  }

  @Test
  void anEmptyAnswerIsNotSent() throws Exception {
    open(PATIENCE);
    Sender sender = sender().send(frame(message("M1", "silent")) + frame(message("M2")));
    assertThat(sender.answer()).isEqualTo("AA M2");
    await(() -> steps.size() == 1);
    assertThat(kept.accepted).hasSize(2);
  }

  @Test
  void whoDoesNotReadItsAnswersIsClosedAndHoldsUpNobody() throws Exception {
    Patience hasty =
        new Patience(
            PATIENCE.frame(),
            PATIENCE.endOfBlock(),
            PATIENCE.silence(),
            PATIENCE.idle(),
            Duration.ofMillis(500),
            PATIENCE.stop(),
            PATIENCE.handshake(),
            PATIENCE.renewal());
    start(settings(50, LIMIT, 4 * LIMIT), hasty);
    sender().send(frame(message("M1", "large answer")));
    await(() -> kept.accepted.size() == 1);
    assertThat(sender().send(frame(message("M2"))).answer()).isEqualTo("AA M2");
    await(() -> metrics.get("kiln.mllp.connections").gauge().value() == 1);
  }

  @Test
  void largeFramesOfManySendersShareTheMemoryAndAllArrive() throws Exception {
    int limit = 1 << 20;
    start(settings(50, limit, 2 * limit), PATIENCE);
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String id = "L" + i;
      Sender sender = sender();
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  byte[] bytes = KeptMessages.bytes(frame(message(id, "v".repeat(limit - 200))));
                  for (int from = 0; from < bytes.length; from += 50_000) {
                    sender.send(
                        Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 50_000)));
                  }
                  return sender.answer();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              },
              task -> new Thread(task).start()));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(answers.get(i).get()).isEqualTo("AA L" + i);
    }
  }

  @Test
  void stoppingFinishesAndAcknowledgesTheMessageAtHand() throws Exception {
    open(PATIENCE);
    Sender idle = sender().send(frame(message("M0")));
    assertThat(idle.answer()).isEqualTo("AA M0");
    Sender sender = sender().send(frame(message("M1", "wait")) + frame(message("M2")));
    kept.begun.await();
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(listener::stop);
    assertThat(idle.isEnded()).isTrue();
    assertThatThrownBy(() -> new Sender(port)).isInstanceOf(IOException.class);
    assertThat(stopping).isNotDone();
    kept.released.countDown();
    assertThat(sender.answer()).isEqualTo("AA M1");
    assertThat(sender.answer()).as("what was not begun is not acknowledged").isNull();
    stopping.get();
    assertThat(kept.accepted).containsExactly(message("M0"), message("M1", "wait"));
    assertThat(kept.refused).isEmpty();
    assertThat(listener.state()).isEqualTo(State.STOPPED);
  }

  @Test
  void stoppingWaitsForTheEndOfAFrameThatWasBegun() throws Exception {
    open(PATIENCE);
    Sender sender = sender().send("\u000b" + message("M1"));
    await(() -> metrics.get("kiln.mllp.connections").gauge().value() == 1);
    Thread.sleep(200);
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(listener::stop);
    Thread.sleep(500);
    assertThat(stopping).isNotDone();
    assertThat(sender.send("\u001c\r").answer()).isEqualTo("AA M1");
    assertThat(sender.answer()).isNull();
    stopping.get();
  }

  @Test
  void aTakenPortIsTold() throws Exception {
    open(PATIENCE);
    MllpSettings same = TestSettings.plain(listener.port(), 1, LIMIT, LIMIT);
    MllpListener second =
        new MllpListener("second", same, PATIENCE, kept, steps::add, new SimpleMeterRegistry());
    assertThatThrownBy(second::start)
        .isInstanceOf(PortInUseException.class)
        .hasMessageContaining(String.valueOf(listener.port()));
    assertThat(sender().send(frame(message("M1"))).answer()).isEqualTo("AA M1");
  }

  @Test
  void whatCameIsCounted() throws Exception {
    open(PATIENCE);
    Sender sender =
        sender()
            .send("noise" + frame(message("M1")) + frame("x".repeat(LIMIT + 1)))
            .send(frame(message("M2", "fault")) + "\u000bhalf");
    sender.sendsNothingMore();
    while (sender.answer() != null) {
      // Until the connection has ended.
    }
    for (String outcome : List.of("frame", "frame_too_large", "unframed", "fragment", "fault")) {
      assertThat(metrics.get("kiln.mllp.frames").tag("outcome", outcome).counter().count())
          .as(outcome)
          .isEqualTo(1);
    }
    assertThat(metrics.get("kiln.mllp.received").tag("listener", "mllp").counter().count())
        .isGreaterThan(LIMIT);
    assertThat(metrics.get("kiln.mllp.last.frame.timestamp").gauge().value())
        .isCloseTo(System.currentTimeMillis() / 1000.0, within(60.0));
  }

  private void open(Patience patience) {
    start(settings(50, LIMIT, 4 * LIMIT), patience);
  }

  private void start(MllpSettings settings, Patience patience) {
    listener = new MllpListener("mllp", settings, patience, kept, steps::add, metrics);
    listener.start();
    port = listener.port();
  }

  private static MllpSettings settings(int connections, int limit, int buffered) {
    return TestSettings.plain(0, connections, limit, buffered);
  }

  private static Patience patience(Duration frame, Duration idle) {
    return new Patience(
        frame,
        PATIENCE.endOfBlock(),
        PATIENCE.silence(),
        idle,
        PATIENCE.answer(),
        PATIENCE.stop(),
        PATIENCE.handshake(),
        PATIENCE.renewal());
  }

  private Sender sender() throws IOException {
    Sender sender = new Sender(port);
    senders.add(sender);
    return sender;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("the condition is met in time").isBefore(end);
      Thread.sleep(20);
    }
  }
}

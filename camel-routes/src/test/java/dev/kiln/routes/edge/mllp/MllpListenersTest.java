package dev.kiln.routes.edge.mllp;

import static dev.kiln.routes.edge.KeptMessages.message;
import static dev.kiln.routes.edge.mllp.Sender.frame;
import static dev.kiln.routes.edge.mllp.TestSettings.LIMIT;
import static dev.kiln.routes.edge.mllp.TestSettings.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.routes.control.ListenerControl.Listener;
import dev.kiln.routes.control.ListenerControl.State;
import dev.kiln.routes.edge.KeptMessages;
import dev.kiln.routes.edge.Listeners;
import dev.kiln.routes.hl7v2.nmd.NmdTestMessages;
import dev.kiln.routes.settings.MllpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.web.server.PortInUseException;

/** Several listeners beside each other, and what can be asked of each. */
@Timeout(120)
class MllpListenersTest {

  private final KeptMessages ward = new KeptMessages();
  private final KeptMessages lab = new KeptMessages();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<Sender> senders = new ArrayList<>();
  private final Listeners listeners = listeners(TestSettings.plain(0, 50, LIMIT, 4 * LIMIT));

  @AfterEach
  void closeEverything() throws IOException {
    ward.released.countDown();
    lab.released.countDown();
    for (Sender sender : senders) {
      sender.close();
    }
    listeners.stop();
  }

  @Test
  void eachHasItsOwnMessagesAndItsOwnMetrics() throws Exception {
    listeners.start();
    assertThat(sender("ward").send(frame(message("W1"))).answer()).isEqualTo("AA W1");
    Sender second = sender("lab").send(frame(message("L1")) + frame("x".repeat(LIMIT + 1)));
    assertThat(second.answer()).isEqualTo("AA L1");
    assertThat(second.answer()).startsWith("AR");
    assertThat(ward.accepted).containsExactly(message("W1"));
    assertThat(lab.accepted).containsExactly(message("L1"));
    assertThat(frames("ward", "frame")).isEqualTo(1);
    assertThat(frames("lab", "frame")).isEqualTo(1);
    assertThat(frames("lab", "frame_too_large")).isEqualTo(1);
    assertThat(metrics.find("kiln.mllp.frames").tag("listener", "ward").counters()).hasSize(1);
    Listener told = told("lab");
    assertThat(told.state()).isEqualTo(State.LISTENING);
    assertThat(told.connections()).isEqualTo(1);
    assertThat(told.lastMessage().orElseThrow()).isAfter(Instant.now().minusSeconds(60));
    assertThat(told.certificateEnds()).isEmpty();
  }

  @Test
  void aPauseAnswersWhatHasComeAndLeavesTheOthersAlone() throws Exception {
    listeners.start();
    Sender idle = sender("lab").send(frame(message("L0")));
    assertThat(idle.answer()).isEqualTo("AA L0");
    StringBuilder packet = new StringBuilder(frame(message("L1", "wait")));
    for (int i = 2; i <= 30; i++) {
      packet.append(frame(message("L" + i, "x".repeat(2000))));
    }
    Sender busy = sender("lab").send(packet.toString());
    lab.begun.await();
    CompletableFuture<Void> pausing = CompletableFuture.runAsync(() -> listeners.pause("lab"));
    assertThat(idle.isEnded()).isTrue();
    assertThat(told("lab").state()).isEqualTo(State.DRAINING);
    assertThatThrownBy(() -> sender("lab")).isInstanceOf(IOException.class);
    assertThat(sender("ward").send(frame(message("W1"))).answer()).isEqualTo("AA W1");
    lab.released.countDown();
    for (int i = 1; i <= 30; i++) {
      assertThat(busy.answer()).isEqualTo("AA L" + i);
    }
    assertThat(busy.answer()).isNull();
    pausing.get();
    assertThat(told("lab").state()).isEqualTo(State.PAUSED);
    assertThat(told("lab").connections()).isZero();
    listeners.pause("lab");
    assertThat(told("ward").state()).isEqualTo(State.LISTENING);
  }

  @Test
  void aPauseWaitsForTheEndOfAFrameThatWasBegun() throws Exception {
    listeners.start();
    Sender sender = sender("lab").send("\u000b" + message("L1"));
    while (told("lab").connections() == 0) {
      Thread.sleep(20);
    }
    Thread.sleep(200);
    CompletableFuture<Void> pausing = CompletableFuture.runAsync(() -> listeners.pause("lab"));
    Thread.sleep(500);
    assertThat(pausing).isNotDone();
    assertThat(sender.send("\u001c\r").answer()).isEqualTo("AA L1");
    assertThat(sender.answer()).isNull();
    pausing.get();
  }

  @Test
  void aSenderThatNeverPausesIsEndedBetweenTwoMessages() throws Exception {
    Patience hasty =
        new Patience(
            PATIENCE.frame(),
            PATIENCE.endOfBlock(),
            PATIENCE.silence(),
            PATIENCE.idle(),
            PATIENCE.answer(),
            Duration.ofMillis(500),
            PATIENCE.handshake(),
            PATIENCE.renewal());
    MllpListener listener =
        new MllpListener(
            "busy", TestSettings.plain(0, 50, LIMIT, 4 * LIMIT), hasty, lab, step -> {}, metrics);
    listener.start();
    Sender sender = new Sender(listener.port());
    senders.add(sender);
    CompletableFuture<Integer> sending =
        CompletableFuture.supplyAsync(
            () -> {
              int number = 0;
              try {
                while (true) {
                  sender.send(frame(message("N" + number++)).repeat(1));
                  Thread.sleep(1);
                }
              } catch (IOException | InterruptedException e) {
                return number;
              }
            });
    CompletableFuture<Integer> answered =
        CompletableFuture.supplyAsync(
            () -> {
              int number = 0;
              try {
                while (sender.answer() != null) {
                  number++;
                }
              } catch (IOException e) {
                // Reset, since something was sent that nobody has read.
              }
              return number;
            });
    Thread.sleep(300);
    listener.pause();
    assertThat(listener.state()).isEqualTo(State.PAUSED);
    assertThat(sending.get()).isPositive();
    assertThat(answered.get()).isPositive();
    assertThat(lab.refused).as("no message was cut").isEmpty();
  }

  @Test
  void whoIsResumedListensWhereItDidBefore() throws Exception {
    listeners.start();
    int port = told("lab").port();
    listeners.resume("lab");
    listeners.pause("lab");
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> listeners.resume("lab")).isInstanceOf(PortInUseException.class);
      assertThat(other.isBound()).isTrue();
    }
    assertThat(told("lab").state()).isEqualTo(State.PAUSED);
    listeners.resume("lab");
    assertThat(told("lab").port()).isEqualTo(port);
    assertThat(sender("lab").send(frame(message("L1"))).answer()).isEqualTo("AA L1");
    assertThat(told("lab").state()).isEqualTo(State.LISTENING);
  }

  @Test
  void nobodyIsAskedForAListenerThatIsNotThere() {
    assertThatThrownBy(() -> listeners.pause("nobody")).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> listeners.resume("nobody")).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void whereOneCannotBeOpenedTheOthersCanBeClosedAgain() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Listeners some = listeners(TestSettings.plain(taken.getLocalPort(), 50, LIMIT, 4 * LIMIT));
      assertThatThrownBy(some::start).isInstanceOf(PortInUseException.class);
      assertThat(some.isRunning()).isTrue();
      some.stop();
      assertThat(some.isRunning()).isFalse();
      assertThat(some.listeners()).allMatch(one -> one.state() == State.STOPPED);
    }
  }

  private Listeners listeners(MllpSettings second) {
    Map<String, MllpListener> named = new LinkedHashMap<>();
    named.put(
        "ward",
        new MllpListener(
            "ward",
            TestSettings.plain(0, 50, LIMIT, 4 * LIMIT),
            PATIENCE,
            ward,
            step -> {},
            metrics));
    named.put("lab", new MllpListener("lab", second, PATIENCE, lab, step -> {}, metrics));
    return new Listeners(named, new NmdTestMessages(Clock.systemUTC()));
  }

  private Listener told(String name) {
    return listeners.listeners().stream()
        .filter(listener -> listener.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Sender sender(String name) throws IOException {
    Sender sender = new Sender(told(name).port());
    senders.add(sender);
    return sender;
  }

  private double frames(String listener, String outcome) {
    return metrics
        .get("kiln.mllp.frames")
        .tags("listener", listener, "outcome", outcome)
        .counter()
        .count();
  }
}

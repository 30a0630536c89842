package dev.kiln.routes.edge.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kiln.routes.control.ListenerControl.Fault;
import dev.kiln.routes.control.ListenerControl.Stage;
import dev.kiln.routes.control.ListenerControl.Step;
import dev.kiln.routes.control.ListenerControl.Trial;
import dev.kiln.routes.edge.Authority;
import dev.kiln.routes.edge.Intake;
import dev.kiln.routes.edge.JudgedMessages;
import dev.kiln.routes.edge.KeptMessages;
import dev.kiln.routes.edge.Listeners;
import dev.kiln.routes.edge.tls.ServerTls;
import dev.kiln.routes.edge.trial.TrialRun;
import dev.kiln.routes.hl7v2.nmd.NmdTestMessages;
import dev.kiln.routes.settings.TlsSettings;
import dev.kiln.routes.settings.TlsSettings.ClientCertificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Test messages, over the network to a listener of this JVM. */
@Timeout(120)
class MllpTrialTest {

  private static final Authority AUTHORITY = new Authority("Test authority");
  private static final NmdTestMessages MESSAGES = new NmdTestMessages(Clock.systemUTC());

  private final JudgedMessages judged = new JudgedMessages();
  private Listeners listeners;

  @TempDir Path folder;

  @AfterEach
  void stop() {
    if (listeners != null) {
      listeners.stop();
    }
  }

  private Trial test(TlsSettings tls, Intake intake) {
    open(tls, intake);
    return listeners.test("lab");
  }

  private void open(TlsSettings tls, Intake intake) {
    MllpListener listener =
        new MllpListener(
            "lab",
            TestSettings.secured(50, tls),
            TestSettings.PATIENCE,
            intake,
            step -> {},
            new SimpleMeterRegistry());
    listeners = new Listeners(Map.of("lab", listener), MESSAGES);
    listeners.start();
  }

  private TlsSettings tls(KeyStore own, ClientCertificates clients) throws IOException {
    return new TlsSettings(
        Authority.write(own, folder.resolve("hub.p12")),
        Files.writeString(folder.resolve("password"), Authority.PASSWORD),
        clients,
        AUTHORITY.writePem(folder.resolve("trust.pem")));
  }

  private static List<Stage> stages(Trial trial) {
    return trial.steps().stream().map(Step::stage).toList();
  }

  private static Step last(Trial trial) {
    return trial.steps().get(trial.steps().size() - 1);
  }

  @Test
  void goesOverTheNetworkAndIsAcknowledged() {
    Trial trial = test(null, judged);
    assertThat(trial.isGood()).as(trial.steps().toString()).isTrue();
    assertThat(stages(trial)).containsExactly(Stage.CONNECTED, Stage.SENT, Stage.ACKNOWLEDGED);
    assertThat(new String(trial.acknowledgement(), StandardCharsets.UTF_8))
        .startsWith("MSH|^~\\&|KILN|lab|KILN|TEST|")
        .contains("\rMSA|AA|" + trial.controlId());
    assertThat(judged.accepted).hasSize(1);
    assertThat(new String(judged.accepted.get(0), StandardCharsets.UTF_8))
        .startsWith("MSH|^~\\&|KILN|TEST|KILN|lab|")
        .contains("|NMD^N02^NMD_N02|" + trial.controlId() + "|D|");
    assertThat(trial.certificate()).isNull();
  }

  @Test
  void isNoSignOfLifeOfThePartner() throws Exception {
    assertThat(test(null, judged).isGood()).isTrue();
    assertThat(listeners.listeners().get(0).lastMessage()).isEmpty();
    // The same message from somebody else is one.
    try (Sender sender = new Sender(listeners.listeners().get(0).port())) {
      sender.send(Sender.frame(new String(judged.accepted.get(0), StandardCharsets.UTF_8)));
      assertThat(sender.answer()).contains("MSA|AA|");
    }
    assertThat(listeners.listeners().get(0).lastMessage()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = ClientCertificates.class,
      names = {"NONE", "WANTED"})
  void goesOverTls(ClientCertificates clients) throws Exception {
    KeyStore own = AUTHORITY.issue("hub", Authority.in(100));
    Trial trial = test(tls(own, clients), judged);
    assertThat(trial.isGood()).as(trial.steps().toString()).isTrue();
    assertThat(stages(trial))
        .containsExactly(Stage.CONNECTED, Stage.TLS, Stage.SENT, Stage.ACKNOWLEDGED);
    assertThat(trial.certificate().subject()).isEqualTo("CN=hub");
    assertThat(trial.certificate().ends())
        .isCloseTo(Authority.in(100), within(1, ChronoUnit.MINUTES));
    assertThat(judged.accepted).hasSize(1);
  }

  @Test
  void getsAsFarAsTheHandshakeWhereItWouldNeedACertificate() throws Exception {
    KeyStore own = AUTHORITY.issue("hub", Authority.in(100));
    Trial trial = test(tls(own, ClientCertificates.REQUIRED), judged);
    assertThat(trial.isGood()).as(trial.steps().toString()).isTrue();
    assertThat(stages(trial)).containsExactly(Stage.CONNECTED, Stage.TLS);
    assertThat(last(trial).text()).contains("as far as the handshake");
    assertThat(trial.certificate().subject()).isEqualTo("CN=hub");
    assertThat(trial.acknowledgement()).isEmpty();
    assertThat(judged.accepted).isEmpty();
  }

  @Test
  void aCertificateThatHasEndedIsSaidToHaveEnded() throws Exception {
    // It was good when the listener read it.
    KeyStore own = AUTHORITY.issue("hub", Instant.now().plusSeconds(4));
    open(tls(own, ClientCertificates.NONE), judged);
    Thread.sleep(5000);
    Trial trial = listeners.test("lab");
    assertThat(last(trial).stage()).isEqualTo(Stage.TLS);
    assertThat(last(trial).fault()).isEqualTo(Fault.CERTIFICATE_ENDED);
    assertThat(judged.accepted).isEmpty();
  }

  @Test
  void aCertificateOfAnotherProgramIsNotTrusted() throws Exception {
    KeyStore own = AUTHORITY.issue("hub", Authority.in(100));
    KeyStore strange = new Authority("Other authority").issue("other", Authority.in(100));
    ServerTls tls = ServerTls.of("lab", tls(own, ClientCertificates.NONE));
    // Another program answers where the listener is thought to be.
    try (MllpStranger stranger = new MllpStranger(strange)) {
      TrialRun run = new TrialRun(MESSAGES, "lab");
      MllpTrial.run(run, "127.0.0.1", stranger.port(), tls);
      assertThat(last(run.told()).fault()).isEqualTo(Fault.NOT_TRUSTED);
    }
  }

  /** A listener of its own, with a key of somebody else's. */
  private final class MllpStranger implements AutoCloseable {

    private final MllpListener listener;

    private MllpStranger(KeyStore key) throws IOException {
      Path store = Authority.write(key, folder.resolve("stranger.p12"));
      listener =
          new MllpListener(
              "stranger",
              TestSettings.secured(
                  50,
                  new TlsSettings(
                      store, folder.resolve("password"), ClientCertificates.NONE, null)),
              TestSettings.PATIENCE,
              judged,
              step -> {},
              new SimpleMeterRegistry());
      listener.start();
    }

    private int port() {
      return listener.port();
    }

    @Override
    public void close() {
      listener.stop();
    }
  }

  @Test
  void aPausedListenerIsSaidToBePaused() {
    open(null, judged);
    listeners.pause("lab");
    Trial trial = listeners.test("lab");
    assertThat(trial.steps()).hasSize(1);
    assertThat(last(trial).fault()).isEqualTo(Fault.PAUSED);
    assertThat(trial.isGood()).isFalse();
    assertThat(judged.accepted).isEmpty();
  }

  @Test
  void aPortThatNobodyHasRefuses() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    TrialRun run = new TrialRun(MESSAGES, "lab");
    MllpTrial.run(run, "127.0.0.1", port, null);
    assertThat(last(run.told()).stage()).isEqualTo(Stage.CONNECTED);
    assertThat(last(run.told()).fault()).isEqualTo(Fault.REFUSED);
  }

  @Test
  void whoNeverAnswersIsNotWaitedForForEver() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TrialRun run = new TrialRun(MESSAGES, "lab");
      MllpTrial.run(run, "127.0.0.1", silent.getLocalPort(), null);
      assertThat(last(run.told()).stage()).isEqualTo(Stage.ACKNOWLEDGED);
      assertThat(last(run.told()).fault()).isEqualTo(Fault.NO_ANSWER);
      assertThat(last(run.told()).text()).contains("10 s");
    }
  }

  @Test
  void anAnswerThatIsNoAcknowledgementIsNone() {
    Trial trial = test(null, new KeptMessages());
    assertThat(last(trial).fault()).isEqualTo(Fault.NOT_ACCEPTED);
    assertThat(new String(trial.acknowledgement(), StandardCharsets.UTF_8)).startsWith("AA ");
  }
}

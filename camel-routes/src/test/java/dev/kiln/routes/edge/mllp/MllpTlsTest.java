package dev.kiln.routes.edge.mllp;

import static dev.kiln.routes.edge.KeptMessages.message;
import static dev.kiln.routes.edge.mllp.Sender.frame;
import static dev.kiln.routes.edge.mllp.TestSettings.LIMIT;
import static dev.kiln.routes.edge.mllp.TestSettings.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.edge.Authority;
import dev.kiln.routes.edge.KeptMessages;
import dev.kiln.routes.edge.KeptMessages.Refused;
import dev.kiln.routes.settings.TlsSettings;
import dev.kiln.routes.settings.TlsSettings.ClientCertificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What senders see of a listener that speaks TLS. */
@Timeout(120)
class MllpTlsTest {

  private static final Authority AUTHORITY = new Authority("Test authority");
  private static final Authority STRANGERS = new Authority("Strangers' authority");

  private final KeptMessages kept = new KeptMessages();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir Path folder;
  private Path store;
  private Path password;
  private MllpListener listener;

  @BeforeEach
  void files() throws IOException {
    store = Authority.write(AUTHORITY.issue("hub", Authority.in(100)), folder.resolve("hub.p12"));
    password = Files.writeString(folder.resolve("password"), Authority.PASSWORD);
  }

  @AfterEach
  void closeEverything() throws Exception {
    kept.released.countDown();
    for (AutoCloseable one : open) {
      one.close();
    }
    if (listener != null) {
      listener.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void framesAreAnsweredInTheirOrder(String protocol) throws Exception {
    start(50, ClientCertificates.NONE, PATIENCE);
    Sender sender = add(Sender.overTls(listener.port(), AUTHORITY.trusting(null), protocol));
    StringBuilder packet = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      packet.append(frame(message("M" + i, "x".repeat(i * 400))));
    }
    sender.send(packet.toString());
    for (int i = 0; i < 100; i++) {
      assertThat(sender.answer()).isEqualTo("AA M" + i);
    }
    sender.send("\u000b" + message("LAST") + "\u001c");
    assertThat(sender.answer()).as("without a CR, after a while").isEqualTo("AA LAST");
    assertThat(kept.accepted).hasSize(101);
    assertThat(handshakes("secured")).isEqualTo(1);
  }

  /** Said byte by byte, since a JDK of today does not begin to speak so. */
  @ParameterizedTest
  @CsvSource({"1, TLS 1.0", "2, TLS 1.1"})
  void olderVersionsAreRefused(byte minor, String version) throws Exception {
    start(50, ClientCertificates.NONE, PATIENCE);
    Socket socket = socket();
    socket.getOutputStream().write(hello(minor));
    byte[] alert = socket.getInputStream().readNBytes(7);
    assertThat(alert[0]).as("a record of type alert").isEqualTo((byte) 21);
    assertThat(alert[5]).as("fatal").isEqualTo((byte) 2);
    assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
    assertThat(socket.getInputStream().read()).as(version).isEqualTo(-1);
    await(() -> handshakes("protocol") == 1);
    assertThat(goodSender().send(frame(message("M1"))).answer()).isEqualTo("AA M1");
  }

  @Test
  void aPlainSenderIsSentAwayAndDisturbsNobody() throws Exception {
    start(50, ClientCertificates.NONE, PATIENCE);
    Sender before = goodSender();
    Sender plain = add(new Sender(listener.port()));
    plain.send(frame(message("PLAIN")));
    assertThatThrownBy(plain::answer)
        .as("an alert of TLS, and no acknowledgement")
        .isInstanceOf(IOException.class);
    await(() -> handshakes("protocol") == 1);
    assertThat(before.send(frame(message("M1"))).answer()).isEqualTo("AA M1");
    assertThat(goodSender().send(frame(message("M2"))).answer()).isEqualTo("AA M2");
    assertThat(kept.accepted).containsExactly(message("M1"), message("M2"));
    assertThat(kept.refused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whereACertificateIsRequiredOthersAreRefused(String protocol) throws Exception {
    start(50, ClientCertificates.REQUIRED, PATIENCE);
    refused(null, protocol);
    await(() -> handshakes("client_certificate") == 1);
    refused(STRANGERS.issue("stranger", Authority.in(10)), protocol);
    await(() -> handshakes("client_certificate") == 2);
    refused(AUTHORITY.issue("late", Authority.in(-1)), protocol);
    await(() -> handshakes("client_certificate") == 3);
    KeyStore own = AUTHORITY.issue("lab", Authority.in(10));
    Sender sender = add(Sender.overTls(listener.port(), AUTHORITY.trusting(own), protocol));
    assertThat(sender.send(frame(message("M1"))).answer()).isEqualTo("AA M1");
    assertThat(kept.accepted).containsExactly(message("M1"));
  }

  @Test
  void whereACertificateIsWantedNoneWillDoButNotAStrangers() throws Exception {
    start(50, ClientCertificates.WANTED, PATIENCE);
    assertThat(goodSender().send(frame(message("M1"))).answer()).isEqualTo("AA M1");
    KeyStore own = AUTHORITY.issue("lab", Authority.in(10));
    Sender known = add(Sender.overTls(listener.port(), AUTHORITY.trusting(own)));
    assertThat(known.send(frame(message("M2"))).answer()).isEqualTo("AA M2");
    refused(STRANGERS.issue("stranger", Authority.in(10)), "TLSv1.2");
  }

  @Test
  void whoDoesNotTrustTheCertificateIsCounted() throws Exception {
    start(50, ClientCertificates.NONE, PATIENCE);
    assertThatThrownBy(() -> Sender.overTls(listener.port(), STRANGERS.trusting(null)))
        .isInstanceOf(IOException.class);
    await(() -> handshakes("refused_by_client") == 1);
  }

  @Test
  void aProbeOfThePortIsNoFault() throws Exception {
    start(50, ClientCertificates.REQUIRED, PATIENCE);
    socket().close();
    Socket resetting = socket();
    resetting.setSoLinger(true, 0);
    resetting.close();
    refused(null, "TLSv1.3");
    await(() -> handshakes("client_certificate") == 1);
    assertThat(metrics.find("kiln.mllp.handshakes").counters()).hasSize(1);
  }

  @Test
  void handshakesThatHangTakeNoPlaces() throws Exception {
    start(50, ClientCertificates.NONE, handshake(Duration.ofSeconds(4)));
    List<Socket> hanging = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Socket socket = socket();
      // Some say nothing at all, and some stop within their greeting.
      socket.getOutputStream().write(hello((byte) 3), 0, i % 2 * 20);
      hanging.add(socket);
    }
    Instant begun = Instant.now();
    assertThat(goodSender().send(frame(message("M1"))).answer()).isEqualTo("AA M1");
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(3));
    assertThat(handshakes("timeout")).as("they have not been waited for").isZero();
    for (Socket socket : hanging) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    await(() -> handshakes("timeout") == 50);
  }

  @Test
  void moreHangingHandshakesThanMayWaitKeepAGoodSenderOnlyUntilTheyAreSentAway() throws Exception {
    start(2, ClientCertificates.NONE, handshake(Duration.ofSeconds(1)));
    for (int i = 0; i < 150; i++) {
      socket();
    }
    assertThat(goodSender().send(frame(message("M1"))).answer()).isEqualTo("AA M1");
  }

  @Test
  void whoTricklesItsGreetingIsSentAwayAllTheSame() throws Exception {
    start(50, ClientCertificates.NONE, handshake(Duration.ofSeconds(1)));
    Socket socket = socket();
    byte[] hello = hello((byte) 3);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < hello.length - 1; i++) {
                socket.getOutputStream().write(hello[i]);
                Thread.sleep(300);
              }
            })
        .isInstanceOf(IOException.class);
    await(() -> handshakes("timeout") == 1);
  }

  @Test
  void whoIsIdleGivesWayToWhoSpeaksAndNotToWhoOnlyAgreesOnTls() throws Exception {
    start(2, ClientCertificates.NONE, TestSettings.withIdle(Duration.ofSeconds(1)));
    Sender first = goodSender();
    assertThat(first.send(frame(message("A"))).answer()).isEqualTo("AA A");
    Sender second = goodSender();
    assertThat(second.send(frame(message("B"))).answer()).isEqualTo("AA B");
    Thread.sleep(1500);
    assertThat(first.send(frame(message("A2"))).answer()).isEqualTo("AA A2");
    Sender silent = goodSender();
    Thread.sleep(600);
    assertThat(second.isSilentFor(100)).as("second keeps its place").isTrue();
    assertThat(silent.send(frame(message("C"))).answer()).isEqualTo("AA C");
    assertThat(second.isEnded()).isTrue();
    assertThat(first.send(frame(message("A3"))).answer()).isEqualTo("AA A3");
  }

  @Test
  void aFrameThatIsCutOffIsKeptAndNotAnswered() throws Exception {
    start(50, ClientCertificates.NONE, PATIENCE);
    Sender sender = goodSender();
    assertThat(sender.send(frame(message("M1"))).answer()).isEqualTo("AA M1");
    sender.send("\u000bMSH|^~\\&|half");
    sender.close();
    await(() -> kept.refused.size() == 1);
    assertThat(kept.refused).containsExactly(new Refused(RejectReason.FRAGMENT, "MSH|^~\\&|half"));
  }

  @Test
  void aFrameBeyondTheLimitIsRefusedAndTheConnectionLivesOn() throws Exception {
    start(50, ClientCertificates.NONE, PATIENCE);
    Sender sender = goodSender();
    sender.send(frame(message("BIG", "x".repeat(10 * LIMIT))) + frame(message("NEXT")));
    assertThat(sender.answer()).isEqualTo("AR BIG");
    assertThat(sender.answer()).isEqualTo("AA NEXT");
  }

  @Test
  void whoDoesNotReadItsAnswersIsClosed() throws Exception {
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
    start(50, ClientCertificates.NONE, hasty);
    goodSender().send(frame(message("M1", "large answer")));
    await(() -> kept.accepted.size() == 1);
    assertThat(goodSender().send(frame(message("M2"))).answer()).isEqualTo("AA M2");
    await(() -> metrics.get("kiln.mllp.connections").gauge().value() == 1);
  }

  @Test
  void stoppingAcknowledgesTheMessageAtHandAndEndsTlsInOrder() throws Exception {
    start(50, ClientCertificates.NONE, PATIENCE);
    Sender sender = goodSender().send(frame(message("M1", "wait")));
    kept.begun.await();
    Thread stopping = new Thread(listener::stop);
    stopping.start();
    kept.released.countDown();
    assertThat(sender.answer()).isEqualTo("AA M1");
    assertThat(sender.answer()).isNull();
    stopping.join();
  }

  @Test
  void aRenewedCertificateIsShownToNewSendersAndOpenConnectionsGoOn() throws Exception {
    start(
        50,
        ClientCertificates.NONE,
        TestSettings.with(PATIENCE.idle(), PATIENCE.handshake(), Duration.ofMillis(100)));
    Sender old = goodSender();
    X509Certificate first = old.shown();
    double before = metrics.get("kiln.certificate.expiry").timeGauge().value();
    assertThat(before).isBetween(99 * 86_400.0, 100 * 86_400.0);
    Files.writeString(store, "somebody is writing");
    touch(1);
    Thread.sleep(700);
    assertThat(goodSender().shown()).as("what cannot be read is not taken").isEqualTo(first);
    Authority.write(AUTHORITY.issue("hub", Authority.in(200)), store);
    touch(2);
    await(() -> metrics.get("kiln.certificate.expiry").timeGauge().value() > before + 86_400);
    assertThat(goodSender().shown().getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    assertThat(old.send(frame(message("M1"))).answer()).isEqualTo("AA M1");
  }

  private void touch(int seconds) throws IOException {
    Files.setLastModifiedTime(store, FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  /** In TLS 1.3 the client has agreed before the listener has looked at its certificate. */
  private void refused(KeyStore own, String protocol) {
    assertThatThrownBy(
            () -> {
              try (Sender sender =
                  Sender.overTls(listener.port(), AUTHORITY.trusting(own), protocol)) {
                sender.send(frame(message("REFUSED")));
                assertThat(sender.answer()).isNotNull();
              }
            })
        .isInstanceOf(IOException.class);
    assertThat(kept.accepted).doesNotContain(message("REFUSED"));
  }

  private void start(int connections, ClientCertificates clients, Patience patience)
      throws IOException {
    Path trust =
        clients == ClientCertificates.NONE ? null : AUTHORITY.writePem(folder.resolve("trust.pem"));
    listener =
        new MllpListener(
            "lab",
            TestSettings.secured(connections, new TlsSettings(store, password, clients, trust)),
            patience,
            kept,
            step -> {},
            metrics);
    listener.start();
  }

  private static Patience handshake(Duration handshake) {
    return TestSettings.with(PATIENCE.idle(), handshake, PATIENCE.renewal());
  }

  private Sender goodSender() throws IOException {
    return add(Sender.overTls(listener.port(), AUTHORITY.trusting(null)));
  }

  private Socket socket() throws IOException {
    Socket socket = add(new Socket(InetAddress.getLoopbackAddress(), listener.port()));
    socket.setSoTimeout(20_000);
    return socket;
  }

  private <T extends AutoCloseable> T add(T one) {
    open.add(one);
    return one;
  }

  private double handshakes(String outcome) {
    var counter =
        metrics.find("kiln.mllp.handshakes").tags("listener", "lab", "outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  /** A ClientHello (RFC 5246 section 7.4.1.2) that wants the version 3.minor and no extensions. */
  private static byte[] hello(byte minor) {
    byte[] suites = {(byte) 0xc0, 0x13, (byte) 0xc0, 0x2f, 0, 0x2f};
    int body = 2 + 32 + 1 + 2 + suites.length + 2;
    return ByteBuffer.allocate(5 + 4 + body)
        .put(new byte[] {22, 3, 1})
        .putShort((short) (4 + body))
        .put(new byte[] {1, 0})
        .putShort((short) body)
        .put(new byte[] {3, minor})
        .put(new byte[32])
        .put((byte) 0)
        .putShort((short) suites.length)
        .put(suites)
        .put(new byte[] {1, 0})
        .array();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("the condition is met in time").isBefore(end);
      Thread.sleep(20);
    }
  }
}

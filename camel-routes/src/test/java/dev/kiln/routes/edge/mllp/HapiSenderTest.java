package dev.kiln.routes.edge.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.util.StandardSocketFactory;
import ca.uhn.hl7v2.util.Terser;
import dev.kiln.routes.RejectReason;
import dev.kiln.routes.RoutesSettings;
import dev.kiln.routes.RoutesSettings.ClientCertificates;
import dev.kiln.routes.RoutesSettings.Tls;
import dev.kiln.routes.edge.Authority;
import dev.kiln.routes.edge.Intake;
import dev.kiln.routes.hl7v2.Hl7v2Configuration;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import dev.kiln.terminology.Terminology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The sender of HAPI's HL7 v2 tools, which many interface engines are built on, and the
 * acknowledgements that Kiln really gives.
 */
@Timeout(120)
class HapiSenderTest {

  private static final Authority AUTHORITY = new Authority("Test authority");
  private static final MessageFormat FORMAT = format();

  /** Seconds that it waits for an acknowledgement. */
  private static final int PATIENT = 60;

  private final Acknowledging intake = new Acknowledging();
  private MllpListener listener;

  @TempDir Path folder;

  @AfterEach
  void stop() {
    listener.stop();
  }

  @Test
  void overMllp() throws Exception {
    open(null);
    try (HapiContext hapi = new DefaultHapiContext()) {
      sendAndReceive(hapi, false, PATIENT);
    }
  }

  @Test
  void overTlsWithACertificate() throws Exception {
    open(tls());
    SSLContext own = AUTHORITY.trusting(AUTHORITY.issue("lab", Authority.in(10)));
    try (HapiContext hapi = new DefaultHapiContext()) {
      hapi.setSocketFactory(new Secured(own));
      sendAndReceive(hapi, true, PATIENT);
    }
  }

  @Test
  void overTlsWithoutTheCertificateThatIsRequired() throws Exception {
    open(tls());
    try (HapiContext hapi = new DefaultHapiContext()) {
      hapi.setSocketFactory(new Secured(AUTHORITY.trusting(null)));
      assertThatThrownBy(() -> sendAndReceive(hapi, true, 2))
          .isInstanceOfAny(IOException.class, HL7Exception.class);
    }
    assertThat(intake.accepted).isEmpty();
  }

  private void sendAndReceive(HapiContext hapi, boolean tls, int seconds) throws Exception {
    Connection connection = hapi.newClient("localhost", listener.port(), tls);
    connection.getInitiator().setTimeout(seconds, TimeUnit.SECONDS);
    try {
      for (int i = 0; i < 20; i++) {
        Message message =
            hapi.getPipeParser()
                .parse(
                    "MSH|^~\\&|LAB|HOSP|KILN|HUB|20260301||ADT^A01^ADT_A01|H"
                        + i
                        + "|P|2.5\rEVN||20260301\rPID|1||4711^^^HOSP^MR||Vogel^Jorinde\rPV1|1|I\r");
        Terser answer = new Terser(connection.getInitiator().sendAndReceive(message));
        assertThat(answer.get("/MSH-9-1")).isEqualTo("ACK");
        assertThat(answer.get("/MSA-1")).isEqualTo("AA");
        assertThat(answer.get("/MSA-2")).isEqualTo("H" + i);
      }
    } finally {
      connection.close();
    }
    assertThat(intake.accepted).hasSize(20);
  }

  private Tls tls() throws IOException {
    return new Tls(
        Authority.write(AUTHORITY.issue("hub", Authority.in(100)), folder.resolve("hub.p12")),
        Files.writeString(folder.resolve("password"), Authority.PASSWORD),
        ClientCertificates.REQUIRED,
        AUTHORITY.writePem(folder.resolve("trust.pem")));
  }

  private void open(Tls tls) {
    listener =
        new MllpListener(
            "lab",
            TestSettings.secured(50, tls),
            TestSettings.PATIENCE,
            intake,
            step -> {},
            new SimpleMeterRegistry());
    listener.start();
  }

  private static MessageFormat format() {
    RoutesSettings settings =
        new Binder(new MapConfigurationPropertySource(Map.of("kiln.routes.sites", "no-sites")))
            .bind("kiln.routes", RoutesSettings.class)
            .get();
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(Terminology.class, Terminology::bundled);
      context.registerBean(RoutesSettings.class, () -> settings);
      context.register(Hl7v2Configuration.class);
      context.refresh();
      return context.getBean("hl7v2Format", MessageFormat.class);
    }
  }

  /** Judges and acknowledges as the hub does, and keeps the messages in memory. */
  private static final class Acknowledging implements Intake {

    private final List<byte[]> accepted = new CopyOnWriteArrayList<>();

    @Override
    public Answer accept(byte[] raw, Charset declared) {
      Receipt receipt = FORMAT.judge(raw);
      if (receipt.isAccepted()) {
        accepted.add(raw);
      }
      return answer(raw, receipt);
    }

    @Override
    public Answer refuse(byte[] raw, Refusal why) {
      return answer(raw, FORMAT.judge(raw).refusedBecause(why));
    }

    private static Answer answer(byte[] raw, Receipt receipt) {
      return new Answer(
          FORMAT.acknowledge(raw, receipt),
          FORMAT.charset(raw),
          receipt.isAccepted() ? null : receipt.refusal().reason());
    }

    @Override
    public Answer notTaken(byte[] raw) {
      return refuse(raw, new Refusal(RejectReason.NOT_STORED, "", "Not taken."));
    }
  }

  /** HAPI's own has no place for a key. */
  private static final class Secured extends StandardSocketFactory {

    private final SSLContext tls;

    private Secured(SSLContext tls) {
      this.tls = tls;
    }

    @Override
    public Socket createTlsSocket() throws IOException {
      return tls.getSocketFactory().createSocket();
    }
  }
}

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
import dev.kiln.routes.edge.Authority;
import dev.kiln.routes.edge.JudgedMessages;
import dev.kiln.routes.settings.TlsSettings;
import dev.kiln.routes.settings.TlsSettings.ClientCertificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sender of HAPI's HL7 v2 tools, which many interface engines are built on, and the
 * acknowledgements that Kiln really gives.
 */
@Timeout(120)
class HapiSenderTest {

  private static final Authority AUTHORITY = new Authority("Test authority");

  /** Seconds that it waits for an acknowledgement. */
  private static final int PATIENT = 60;

  private final JudgedMessages intake = new JudgedMessages();
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

  private TlsSettings tls() throws IOException {
    return new TlsSettings(
        Authority.write(AUTHORITY.issue("hub", Authority.in(100)), folder.resolve("hub.p12")),
        Files.writeString(folder.resolve("password"), Authority.PASSWORD),
        ClientCertificates.REQUIRED,
        AUTHORITY.writePem(folder.resolve("trust.pem")));
  }

  private void open(TlsSettings tls) {
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

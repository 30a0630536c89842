package dev.kiln.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.llp.ExtendedMinLowerLayerProtocol;
import ca.uhn.hl7v2.util.StandardSocketFactory;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The sender of HAPI's HL7 v2 tools 2.6.0, to the store. It has no batches: it sends what it can
 * parse, and FHS and BHS are no messages to it.
 */
@Timeout(180)
class HapiSenderIT {

  private final RunningHub hub = RunningHub.get();
  private final String id = UUID.randomUUID().toString().substring(0, 8);

  private void send(int port, SSLContext tls, List<String> messages) throws Exception {
    try (HapiContext hapi = new DefaultHapiContext()) {
      hapi.setValidationContext(ValidationContextFactory.noValidation());
      // The one of HAPI's that follows MSH-18.
      hapi.setLowerLayerProtocol(new ExtendedMinLowerLayerProtocol());
      if (tls != null) {
        hapi.setSocketFactory(new Secured(tls));
      }
      Connection connection = hapi.newClient("localhost", port, tls != null);
      connection.getInitiator().setTimeout(60, TimeUnit.SECONDS);
      try {
        for (String text : messages) {
          Terser answer =
              new Terser(
                  connection
                      .getInitiator()
                      .sendAndReceive(hapi.getPipeParser().parse(text.replace('\n', '\r'))));
          assertThat(answer.get("/MSA-1")).isEqualTo("AA");
        }
      } finally {
        connection.close();
      }
    }
  }

  @Test
  void inBothCharacterSetsAndAMegabyte() throws Exception {
    send(
        hub.mllpPort(),
        null,
        List.of(
            Named.admission("V\u00f6gel", "L" + id, "8859/1"),
            Named.admission("V\u00f6gel-\u0141\u00f3d\u017a", "U" + id, "UNICODE UTF-8"),
            Named.admission("Gro\u00df", "B" + id, "8859/1")
                + "\nNTE|1||"
                + "\u00fc".repeat(1_000_000)));
    Named.await("L" + id, "V\u00f6gel");
    Named.await("U" + id, "V\u00f6gel-\u0141\u00f3d\u017a");
    Named.await("B" + id, "Gro\u00df");
  }

  @Test
  void overTlsWithACertificate() throws Exception {
    send(
        hub.securedPort(),
        hub.sendersKeys().trusting(hub.keys()),
        List.of(Named.admission("Schl\u00fcssel", "T" + id, "8859/1")));
    Named.await("T" + id, "Schl\u00fcssel");
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

package dev.kiln.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.llp.ExtendedMinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.util.StandardSocketFactory;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import dev.kiln.Certificates;
import dev.kiln.Messages;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The receiver of HAPI's HL7 v2 tools. It does not take batches apart: FHS and BHS are no messages
 * to it.
 */
@Timeout(120)
class HapiReceiverTest {

  private final List<String> names = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  private interface Sending {
    void to(int port) throws Exception;
  }

  /**
   * @param refused control id of the message that is answered by AE
   */
  private void with(SSLContext tls, String refused, Sending sending) throws Exception {
    int port = RunningHub.freePort();
    try (HapiContext hapi = new DefaultHapiContext()) {
      hapi.setValidationContext(ValidationContextFactory.noValidation());
      // Otherwise the control ids of acknowledgements are counted in a file of the working folder.
      hapi.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
      hapi.setLowerLayerProtocol(new ExtendedMinLowerLayerProtocol());
      if (tls != null) {
        hapi.setSocketFactory(new Secured(tls));
      }
      HL7Service server = hapi.newServer(port, tls != null);
      server.registerApplication(new Names(refused));
      server.startAndWait();
      try {
        sending.to(port);
      } finally {
        server.stopAndWait();
      }
    }
  }

  @Test
  void takesMessageAfterMessageInBothCharacterSets() throws Exception {
    String utf8 = named("J\u00fcrgen \u0141", "U1", "UNICODE UTF-8");
    String latin = named("Vo\u00dfh\u00fcgel", "L1", "8859/1");
    with(
        null,
        "",
        port -> {
          SentByKiln sent =
              SentByKiln.of(
                  folder,
                  utf8 + "\n" + Messages.admission("4", "U2"),
                  StandardCharsets.UTF_8,
                  port);
          assertThat(sent.printed()).containsSubsequence("MSA|AA|U1", "MSA|AA|U2");
          assertThat(sent.code()).isZero();
          sent = SentByKiln.of(folder, latin, StandardCharsets.ISO_8859_1, port);
          assertThat(sent.printed()).contains("MSA|AA|L1");
        });
    assertThat(names).containsExactly("J\u00fcrgen \u0141", "Kettle", "Vo\u00dfh\u00fcgel");
  }

  @Test
  void stopsAtTheFirstThatIsRefused() throws Exception {
    String all =
        String.join(
            "\n",
            Messages.admission("1", "A"),
            Messages.admission("2", "B"),
            Messages.admission("3", "C"));
    with(
        null,
        "B",
        port -> {
          SentByKiln sent = SentByKiln.of(folder, all, StandardCharsets.UTF_8, port);
          assertThat(sent.code()).isEqualTo(1);
          assertThat(sent.printed())
              .containsSubsequence(
                  "MSA|AA|A",
                  "MSA|AE|B",
                  "Message 2 of 3 was not accepted, and 1 behind it have not been sent")
              .doesNotContain("|C");
        });
    assertThat(names).hasSize(2);
  }

  @Test
  void takesAMegabyte() throws Exception {
    String large = Messages.admission("1", "BIG") + "\nNTE|1||" + "\u00fc".repeat(500_000) + "\n";
    with(
        null,
        "",
        port ->
            assertThat(
                    SentByKiln.of(
                            folder,
                            large.replace("|2.5.1", "|2.5.1||||||UNICODE UTF-8"),
                            StandardCharsets.UTF_8,
                            port)
                        .printed())
                .contains("MSA|AA|BIG"));
  }

  @Test
  void overTlsThatWantsACertificate() throws Exception {
    Certificates partner = new Certificates(folder, "partner");
    Certificates own = new Certificates(folder, "own");
    Certificates stranger = new Certificates(folder, "stranger");
    with(
        partner.trusting(own),
        "",
        port -> {
          String message = Messages.admission("1", "T");
          String trust = partner.certificate().toString();
          assertThat(
                  SentByKiln.of(
                          folder,
                          message,
                          StandardCharsets.UTF_8,
                          port,
                          "--tls",
                          "--trust",
                          trust,
                          "--key-store",
                          own.store().toString(),
                          "--password-file",
                          own.password().toString())
                      .printed())
              .contains("MSA|AA|T");
          assertThatThrownBy(
                  () ->
                      SentByKiln.of(
                          folder, message, StandardCharsets.UTF_8, port, "--tls", "--trust", trust))
              .as("without a certificate")
              .isInstanceOf(IOException.class)
              .hasMessageContaining("localhost:" + port);
          assertThatThrownBy(
                  () ->
                      SentByKiln.of(
                          folder,
                          message,
                          StandardCharsets.UTF_8,
                          port,
                          "--tls",
                          "--trust",
                          stranger.certificate().toString()))
              .as("who trusts another")
              .isInstanceOf(IOException.class)
              .hasMessageStartingWith("No agreement with localhost:" + port + " on TLS");
        });
    assertThat(names).containsExactly("Kettle");
  }

  private static String named(String family, String controlId, String charset) {
    return Messages.admission("1", controlId)
        .replace("Kettle", family)
        .replace("|2.5.1", "|2.5.1||||||" + charset);
  }

  /** Notes the family names, and answers as HAPI does. */
  private final class Names implements ReceivingApplication<Message> {

    private final String refused;

    private Names(String refused) {
      this.refused = refused;
    }

    @Override
    public Message processMessage(Message message, Map<String, Object> metadata)
        throws ca.uhn.hl7v2.protocol.ReceivingApplicationException, HL7Exception {
      names.add(new Terser(message).get("/PID-5-1"));
      try {
        return new Terser(message).get("/MSH-10").equals(refused)
            ? message.generateACK(AcknowledgmentCode.AE, new HL7Exception("Not today"))
            : message.generateACK();
      } catch (IOException e) {
        throw new HL7Exception(e);
      }
    }

    @Override
    public boolean canProcess(Message message) {
      return true;
    }
  }

  /** HAPI's own has no place for a key, nor for asking senders for one. */
  private static final class Secured extends StandardSocketFactory {

    private final SSLContext tls;

    private Secured(SSLContext tls) {
      this.tls = tls;
    }

    @Override
    public ServerSocket createTlsServerSocket() throws IOException {
      SSLServerSocket socket = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
      socket.setNeedClientAuth(true);
      return socket;
    }
  }
}

package dev.kiln.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Certificates;
import dev.kiln.Messages;
import dev.kiln.RunningHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The receiver of npm's node-hl7-server 2.5.0. It reads UTF-8 alone, whatever MSH-18 says, and
 * takes one message a connection: what comes second is appended to the first and answered in the
 * first one's name, which Kiln does not take for an acknowledgement.
 */
@Timeout(120)
class NodeReceiverTest {

  @TempDir Path folder;

  @BeforeAll
  static void isThere() {
    assumeTrue(Node.isThere(), Node.MISSING);
  }

  private interface Sending {
    void to(int port, BufferedReader told) throws Exception;
  }

  private static void with(String code, List<Path> tls, Sending sending) throws Exception {
    int port = RunningHub.freePort();
    List<String> arguments = new ArrayList<>(List.of("receive.mjs", String.valueOf(port), code));
    tls.forEach(file -> arguments.add(file.toAbsolutePath().toString()));
    Process node = Node.start(arguments);
    try (BufferedReader told = node.inputReader(StandardCharsets.UTF_8)) {
      assertThat(told.readLine()).isEqualTo("listening");
      sending.to(port, told);
    } finally {
      node.destroy();
    }
  }

  @Test
  void takesUmlautsAndAMegabyte() throws Exception {
    String large =
        Messages.admission("1", "BIG").replace("Kettle", "V\u00f6gel \u0141")
            + "\nNTE|1||"
            + "\u00fc".repeat(500_000);
    with(
        "AA",
        List.of(),
        (port, told) -> {
          SentByKiln sent = SentByKiln.of(folder, large, StandardCharsets.UTF_8, port);
          assertThat(sent.printed()).contains("MSA|AA|BIG");
          assertThat(sent.code()).isZero();
          JsonNode read = Node.read(told.readLine());
          assertThat(read.path("name").asText()).isEqualTo("V\u00f6gel \u0141");
          assertThat(read.path("length").asInt()).isEqualTo(large.length());
        });
  }

  @Test
  void whatIsRefusedIsSaidToBe() throws Exception {
    with(
        "AR",
        List.of(),
        (port, told) -> {
          SentByKiln sent =
              SentByKiln.of(folder, Messages.admission("1", "R"), StandardCharsets.UTF_8, port);
          assertThat(sent.printed()).contains("MSA|AR|R");
          assertThat(sent.code()).isEqualTo(1);
        });
  }

  @Test
  void anAnswerInAnothersNameIsNoAcknowledgement() throws Exception {
    String two = Messages.admission("1", "ONE") + "\n" + Messages.admission("2", "TWO");
    with(
        "AA",
        List.of(),
        (port, told) -> {
          SentByKiln sent = SentByKiln.of(folder, two, StandardCharsets.UTF_8, port);
          assertThat(sent.printed())
              .contains("MSA|AA|ONE", "Message 2 of 2 was not accepted")
              .doesNotContain("MSA|AA|TWO");
          assertThat(sent.code()).isEqualTo(1);
        });
  }

  @Test
  void overTls() throws Exception {
    Certificates partner = new Certificates(folder, "partner");
    with(
        "AA",
        List.of(partner.key(), partner.certificate()),
        (port, told) -> {
          String message = Messages.admission("1", "T");
          String trust = partner.certificate().toString();
          assertThat(
                  SentByKiln.of(
                          folder, message, StandardCharsets.UTF_8, port, "--tls", "--trust", trust)
                      .printed())
              .contains("MSA|AA|T");
          assertThatThrownBy(
                  () -> SentByKiln.of(folder, message, StandardCharsets.UTF_8, port, "--tls"))
              .as("no public authority vouches for it")
              .isInstanceOf(IOException.class)
              .hasMessageContaining("on TLS");
        });
  }

  @Test
  void overTlsThatWantsACertificate() throws Exception {
    Certificates partner = new Certificates(folder, "partner");
    Certificates own = new Certificates(folder, "own");
    with(
        "AA",
        List.of(partner.key(), partner.certificate(), own.certificate()),
        (port, told) -> {
          String message = Messages.admission("1", "M");
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
              .contains("MSA|AA|M");
          assertThatThrownBy(
                  () ->
                      SentByKiln.of(
                          folder, message, StandardCharsets.UTF_8, port, "--tls", "--trust", trust))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("localhost:" + port);
        });
  }
}

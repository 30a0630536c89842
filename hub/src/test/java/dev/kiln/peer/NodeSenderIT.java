package dev.kiln.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.Http;
import dev.kiln.OwnKey;
import dev.kiln.RunningHub;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sender of npm's node-hl7-client 2.3.1. It sends UTF-8 alone, whatever MSH-18 says. It sends
 * batches, but its own reading of an answer throws at whatever begins with BHS.
 */
@Timeout(180)
class NodeSenderIT {

  private static final String UTF8 = "UNICODE UTF-8";

  private final RunningHub hub = RunningHub.get();
  private final Http fhir = hub.http();
  private final String id = UUID.randomUUID().toString().substring(0, 8);

  @TempDir Path folder;

  @BeforeAll
  static void isThere() {
    assumeTrue(Node.isThere(), Node.MISSING);
  }

  /** What it heard, an answer for each message. */
  private List<String> send(int port, String how, List<String> messages, String... tls)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("messages.json"),
            new ObjectMapper()
                .writeValueAsString(
                    messages.stream().map(message -> message.replace('\n', '\r')).toList()));
    List<String> arguments =
        new ArrayList<>(
            List.of("send.mjs", String.valueOf(port), file.toAbsolutePath().toString(), how));
    arguments.addAll(List.of(tls));
    Process node = Node.start(arguments);
    List<String> heard = new ArrayList<>();
    try (BufferedReader told = node.inputReader(StandardCharsets.UTF_8)) {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        heard.add(Node.read(line).asText());
      }
      assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(node.exitValue()).isZero();
    } finally {
      node.destroy();
    }
    return heard;
  }

  @Test
  void overMllpWithUmlauts() throws Exception {
    List<String> heard =
        send(
            hub.mllpPort(),
            "single",
            List.of(
                Named.admission("V\u00f6gel-\u0141\u00f3d\u017a", "A" + id, UTF8),
                Named.admission("Stra\u00df", "B" + id, UTF8)));
    assertThat(heard).hasSize(2);
    assertThat(heard.get(0)).contains("MSA|AA|A" + id);
    assertThat(heard.get(1)).contains("MSA|AA|B" + id);
    Named.await("A" + id, "V\u00f6gel-\u0141\u00f3d\u017a");
    Named.await("B" + id, "Stra\u00df");
  }

  @Test
  void aMegabyte() throws Exception {
    String large =
        Named.admission("Gro\u00df", "L" + id, UTF8) + "\nNTE|1||" + "\u00fc".repeat(500_000);
    assertThat(send(hub.mllpPort(), "single", List.of(large)).get(0)).contains("MSA|AA|L" + id);
    Named.await("L" + id, "Gro\u00df");
  }

  @Test
  void aBatchIsTakenInThoughItCannotReadTheAnswer() throws Exception {
    List<String> heard =
        send(
            hub.mllpPort(),
            "batch",
            List.of(
                Named.admission("Eins", "C" + id, UTF8), Named.admission("Zwei", "D" + id, UTF8)));
    assertThat(heard).containsExactly("unread: text must begin with the MSH segment.");
    Named.await("C" + id, "Eins");
    Named.await("D" + id, "Zwei");
  }

  @Test
  void overTlsWithItsCertificate() throws Exception {
    List<String> heard =
        send(
            hub.securedPort(),
            "single",
            List.of(Named.admission("Schl\u00fcssel", "T" + id, UTF8)),
            hub.keys().certificate().toString(),
            hub.sendersKeys().store().toString(),
            OwnKey.PASSWORD);
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0)).contains("MSA|AA|T" + id);
    Named.await("T" + id, "Schl\u00fcssel");
  }

  @Test
  void withoutACertificateItIsSentAway() throws Exception {
    List<String> heard =
        send(
            hub.securedPort(),
            "single",
            List.of(Named.admission("Fremd", "X" + id, UTF8)),
            hub.keys().certificate().toString());
    assertThat(heard).isNotEmpty().allMatch(line -> line.startsWith("broken: "));
    assertThat(fhir.get("/fhir/$messages?control-id=X" + id).text()).doesNotContain("X" + id);
  }
}

package dev.kiln.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kiln.RunningHub;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sender of Debian's python3-hl7 0.4.5, which sends bytes as they stand in a file. It speaks no
 * TLS, and sends the messages of a batch one by one.
 */
@Timeout(120)
class PythonSenderIT {

  private static final Path MLLP_SEND = Path.of("/usr/bin/mllp_send");

  private final RunningHub hub = RunningHub.get();
  private final String id = UUID.randomUUID().toString().substring(0, 8);

  @TempDir Path folder;

  @BeforeAll
  static void isThere() {
    assumeTrue(
        Files.isExecutable(MLLP_SEND),
        "mllp_send is not tried, since Debian's package python3-hl7 is not installed.");
  }

  private String send(String messages, Charset charset) throws Exception {
    Path file = Files.write(folder.resolve("messages.hl7"), messages.getBytes(charset));
    Process python =
        new ProcessBuilder(
                MLLP_SEND.toString(),
                "--loose",
                "--file",
                file.toString(),
                "--port",
                String.valueOf(hub.mllpPort()),
                "127.0.0.1")
            .redirectErrorStream(true)
            .start();
    String heard = new String(python.getInputStream().readAllBytes(), charset);
    assertThat(python.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(python.exitValue()).as(heard).isZero();
    return heard;
  }

  @Test
  void messageAfterMessageInBothCharacterSets() throws Exception {
    String utf8 =
        Named.admission("V\u00f6gel-\u0141\u00f3d\u017a", "A" + id, "UNICODE UTF-8")
            + "\n"
            + Named.admission("Stra\u00df", "B" + id, "UNICODE UTF-8");
    assertThat(send(utf8, StandardCharsets.UTF_8))
        .containsSubsequence("MSA|AA|A" + id, "MSA|AA|B" + id);
    assertThat(send(Named.admission("M\u00fchle", "C" + id, "8859/1"), StandardCharsets.ISO_8859_1))
        .contains("MSA|AA|C" + id);
    Named.await("A" + id, "V\u00f6gel-\u0141\u00f3d\u017a");
    Named.await("B" + id, "Stra\u00df");
    Named.await("C" + id, "M\u00fchle");
  }

  @Test
  void aMegabyte() throws Exception {
    String large =
        Named.admission("Gro\u00df", "L" + id, "8859/1") + "\nNTE|1||" + "\u00fc".repeat(1_000_000);
    assertThat(send(large, StandardCharsets.ISO_8859_1)).contains("MSA|AA|L" + id);
    Named.await("L" + id, "Gro\u00df");
  }
}

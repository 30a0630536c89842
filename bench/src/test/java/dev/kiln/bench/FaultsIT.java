package dev.kiln.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One crash after each step of a message's way and one at a random moment, on the hub that the
 * build has just packaged. {@code ./kiln bench faults} crashes more often.
 */
class FaultsIT {

  private static final Path HUB = Path.of("../hub/target/kiln.jar");

  @Test
  @SuppressWarnings("unchecked")
  void nothingIsLostDoubledOrOutOfOrder(@TempDir Path folder) throws Exception {
    assertThat(Files.exists(HUB)).as("the hub is packaged: mvn -pl hub,bench -am verify").isTrue();
    Report report = new Faults(HUB, folder, 1, 1, 1).run();
    System.out.println(report.text());
    assertThat(report.isSound()).as(report.text()).isTrue();
    assertThat((List<Map<String, Object>>) report.facts().get("steps"))
        .hasSize(6)
        .allSatisfy(
            step -> {
              assertThat(step.get("halts")).as(step.get("step") + " was reached").isEqualTo(1);
              assertThat((long) step.get("acknowledged")).isPositive();
            });
  }
}

package dev.kiln.bench.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each outage but the full disk, for a few seconds, on the hub that the build has just packaged.
 * {@code ./kiln bench outage} takes longer.
 */
class OutagesIT {

  private static final Path HUB = Path.of("../hub/target/kiln.jar");
  private static final int AWAY = 8;

  @Test
  void nothingIsLostAndSendersAreToldToSendAgain(@TempDir Path folder) throws Exception {
    List<Map<String, Object>> told =
        new Outages(HUB, folder, AWAY, 1, System.out::println).around();

    assertThat(told)
        .extracting(outage -> outage.get("outage"))
        .containsExactly("hanging senders", "many senders", "frame of 200 MB", "database away");
    assertThat(told)
        .allSatisfy(
            outage -> {
              assertThat(outage).containsEntry("lost", 0).containsEntry("doubled", 0);
              assertThat(outage).containsEntry("outOfOrder", 0).containsEntry("refused", 0L);
              assertThat((long) outage.get("acknowledged")).isPositive();
            });
    assertThat(told.get(0)).containsEntry("of them closed by the hub", 10);
    assertThat((String) told.get(2).get("answered"))
        .startsWith("MSA|AR|")
        .contains("FRAME_TOO_LARGE");
    assertThat((Map<?, ?>) told.get(3).get("seenBySenders")).isNotEmpty();
    assertThat((double) told.get(3).get("longestWaitSeconds")).isBetween(AWAY - 3.0, AWAY + 60.0);
  }
}

package dev.kiln.routes.edge.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlaceTroubleTest {

  private final PlaceTrouble trouble = new PlaceTrouble("lab", 30_000);

  @Test
  void eachFaultHasALongerPauseUpToFiveMinutes() {
    assertThat(trouble.failed(new IOException())).isBetween(15_000L, 30_000L);
    assertThat(trouble.failed(new IOException())).isBetween(30_000L, 60_000L);
    for (int i = 0; i < 40; i++) {
      trouble.failed(new IOException());
    }
    assertThat(trouble.failed(new IOException())).isBetween(150_000L, 300_000L);
    trouble.over();
    assertThat(trouble.told()).isEmpty();
    assertThat(trouble.failed(new IOException())).isBetween(15_000L, 30_000L);
  }

  @Test
  void itBeganWithItsFirstFaultAndNamesNoFile() {
    trouble.failed(new IOException("anna.hl7"));
    Instant since = trouble.told().orElseThrow().since();
    assertThat(trouble.told().orElseThrow().why()).contains("lab").doesNotContain("anna");
    trouble.failed(new Place.Unreachable("Nobody is there.", null));
    assertThat(trouble.told().orElseThrow().why()).isEqualTo("Nobody is there.");
    assertThat(trouble.told().orElseThrow().since()).isEqualTo(since);
  }
}

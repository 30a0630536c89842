package dev.kiln.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class RoutesSettingsTest {

  @Test
  void theDefaultsOfTheListener() {
    RoutesSettings.Mllp mllp = bind(Map.of("x.mllp.port", "2575"));
    assertThat(mllp.maxConnections()).isEqualTo(50);
    assertThat(mllp.maxMessageSize()).isEqualTo(DataSize.ofMegabytes(16));
    assertThat(mllp.maxBuffered()).isEqualTo(DataSize.ofMegabytes(64));
    assertThat(mllp.frameTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(mllp.acknowledge()).isEqualTo(RoutesSettings.Acknowledge.ON_COMMIT);
    assertThat(mllp.appliedTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void sizesThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> bind(Map.of("x.mllp.max-buffered", "1MB")))
        .rootCause()
        .hasMessageContaining("max-buffered");
    assertThatThrownBy(() -> bind(Map.of("x.mllp.max-message-size", "1GB")))
        .rootCause()
        .hasMessageContaining("max-message-size");
    assertThatThrownBy(() -> bind(Map.of("x.mllp.frame-timeout", "0s")))
        .rootCause()
        .hasMessageContaining("frame-timeout");
  }

  @Test
  void messagesAreKeptForEverUnlessATimeIsSetAndThenADayAtLeast() {
    RoutesSettings settings = whole(Map.of("x.retention.refused", "90d"));
    assertThat(settings.retention().applied()).isNull();
    assertThat(settings.retention().refused()).isEqualTo(Duration.ofDays(90));
    assertThat(whole(Map.of("x.workers", "4")).retention().deadLetters()).isNull();
    assertThatThrownBy(() -> whole(Map.of("x.retention.dead-letters", "23h")))
        .rootCause()
        .hasMessageContaining("retention.dead-letters");
  }

  private static RoutesSettings.Mllp bind(Map<String, String> settings) {
    return whole(settings).mllp();
  }

  private static RoutesSettings whole(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bind("x", RoutesSettings.class)
        .get();
  }
}

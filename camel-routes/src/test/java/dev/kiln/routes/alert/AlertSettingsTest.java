package dev.kiln.routes.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AlertSettingsTest {

  private static AlertSettings bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("x", AlertSettings.class);
  }

  private static void refused(String setting, Map<String, String> values) {
    assertThatThrownBy(() -> bind(values)).rootCause().hasMessageContaining(setting);
  }

  @Test
  void nobodyIsToldUnlessSomebodyIsNamed() {
    AlertSettings settings = bind(Map.of());
    assertThat(settings.to()).isEmpty();
    assertThat(settings.webhook().url()).isNull();
    assertThat(settings.blockedFor()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.waitingFor()).isEqualTo(Duration.ofMinutes(15));
    assertThat(settings.remindEvery()).isEqualTo(Duration.ofDays(1));
    assertThat(bind(Map.of("x.silence.lab", "2h", "x.to", "a@b.org,c@d.org")).to()).hasSize(2);
  }

  @Test
  void whatCannotBeRightIsRefusedByItsName() {
    refused("alerts.to", Map.of("x.to", "nobody"));
    refused("alerts.blocked-for", Map.of("x.blocked-for", "59s"));
    refused("alerts.waiting-for", Map.of("x.waiting-for", "0s"));
    refused("alerts.remind-every", Map.of("x.remind-every", "1s"));
    refused("alerts.silence.lab", Map.of("x.silence.lab", "1s"));
    refused("alerts.webhook.secret-file", Map.of("x.webhook.url", "https://a.example"));
    refused(
        "alerts.webhook.url",
        Map.of("x.webhook.url", "file:///etc/passwd", "x.webhook.secret-file", "s"));
    refused(
        "alerts.webhook.url",
        Map.of("x.webhook.url", "https://me:secret@a.example", "x.webhook.secret-file", "s"));
  }
}

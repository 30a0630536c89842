package dev.kiln.routes.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.routes.alert.way.AlertWay;
import dev.kiln.routes.control.AlertMail;
import dev.kiln.routes.control.ListenerControl;
import dev.kiln.routes.settings.WrongAlerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AlertConfigurationTest {

  @TempDir private Path folder;

  private static AlertSettings settings(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("x", AlertSettings.class);
  }

  private static List<String> ways(Map<String, String> values, boolean hasMail) {
    return AlertConfiguration.ways(settings(values), new Server(hasMail)).stream()
        .map(AlertWay::name)
        .toList();
  }

  @Test
  void eachAddressAndTheWebhookAreWaysOfTheirOwn() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "a secret of the tests");
    assertThat(ways(Map.of(), false)).isEmpty();
    assertThat(
            ways(
                Map.of(
                    "x.to", "a@b.org,c@b.org,a@b.org",
                    "x.webhook.url", "https://pager.example.org",
                    "x.webhook.secret-file", secret.toString()),
                true))
        .containsExactly("mail a@b.org", "mail c@b.org", "webhook");
  }

  @Test
  void whatCouldNeverBeToldIsRefused() {
    assertThatThrownBy(() -> ways(Map.of("x.to", "a@b.org"), false))
        .isInstanceOf(WrongAlerts.class)
        .hasMessageContaining("kiln.auth.mail.host");
    assertThatThrownBy(
            () ->
                ways(
                    Map.of(
                        "x.webhook.url",
                        "https://pager.example.org",
                        "x.webhook.secret-file",
                        folder.resolve("no-such-file").toString()),
                    true))
        .isInstanceOf(WrongAlerts.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void theSilenceOfAListenerThatIsNotThereIsRefused() {
    AlertConfiguration configuration = new AlertConfiguration();
    configuration.listenerWatch(new Lab(), settings(Map.of("x.silence.lab", "2h")));
    assertThatThrownBy(
            () -> configuration.listenerWatch(new Lab(), settings(Map.of("x.silence.lap", "2h"))))
        .isInstanceOf(WrongAlerts.class)
        .hasMessage("kiln.routes.alerts.silence.lap: there is no listener lap.");
  }

  private record Server(boolean isPossible) implements AlertMail {

    @Override
    public void send(String to, String subject, String text) {
      throw new UnsupportedOperationException();
    }
  }

  /** One listener that nothing has reached. */
  private record Lab() implements ListenerControl {

    @Override
    public List<Listener> listeners() {
      return List.of(
          new Listener(
              "lab",
              "mllp",
              "127.0.0.1",
              2575,
              State.LISTENING,
              0,
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }

    @Override
    public void pause(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resume(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Trial test(String name) {
      throw new UnsupportedOperationException();
    }
  }
}

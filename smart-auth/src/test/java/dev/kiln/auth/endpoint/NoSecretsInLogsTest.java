package dev.kiln.auth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.testing.App;
import dev.kiln.testing.Http.Answer;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Nothing by which somebody could get in, and nobody's name, reaches the log. */
class NoSecretsInLogsTest {

  private static final String SCOPE =
      "launch/patient openid profile fhirUser offline_access patient/*.rs";

  @Test
  void logsNoSecret() {
    App app = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    root.info("The log is heard");
    String code = app.code("drake", app.request(SCOPE));
    Answer token = app.token(app.exchange(code));
    Answer refreshed = app.refresh((String) token.get("refresh_token"));
    app.token(app.exchange(code));
    app.refresh((String) refreshed.get("refresh_token"));
    app.post(Endpoints.INTROSPECT, Map.of("token", (String) token.get("access_token")));
    app.post(Endpoints.REVOKE, Map.of("token", (String) refreshed.get("access_token")));
    app.signOut();
    root.detachAppender(log);

    String lines =
        log.list.stream()
            .map(event -> event.getFormattedMessage() + event.getThrowableProxy())
            .collect(Collectors.joining("\n"));
    assertThat(lines)
        .contains("The log is heard")
        .doesNotContain(
            code,
            app.secret(),
            app.verifier,
            "the app's own state",
            "Name of drake",
            (String) token.get("access_token"),
            (String) token.get("refresh_token"),
            (String) token.get("id_token"),
            (String) refreshed.get("access_token"),
            (String) refreshed.get("refresh_token"));
  }
}

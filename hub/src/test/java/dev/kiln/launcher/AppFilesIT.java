package dev.kiln.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The apps are served to anybody, each page with what it may load, and nothing else beside them.
 */
class AppFilesIT {

  private static final Pattern SCRIPT = Pattern.compile("/apps/assets/[A-Za-z0-9_.-]+\\.js");

  private final RunningHub hub = RunningHub.get();
  private final Http stranger = hub.stranger();

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/apps/admin/", "/apps/admin/messages", "/apps/admin/messages/1/replay"})
  void everyAddressOfAnAppIsItsPage(String path) {
    Answer page = stranger.get(path);

    assertThat(page.status()).as(page.text()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    Matcher script = SCRIPT.matcher(page.text());
    assertThat(script.find()).isTrue();
    Answer asset = stranger.get(script.group());
    assertThat(asset.status()).isEqualTo(200);
    assertThat(asset.header("Cache-Control")).contains("immutable");
  }

  @Test
  void thisMachineHasOneName() {
    Answer other =
        new Http("http://127.0.0.1:" + hub.port(), null).get("/apps/admin/messages?state=failed");

    assertThat(other.status()).isEqualTo(302);
    assertThat(other.header("Location"))
        .isEqualTo(hub.base() + "/apps/admin/messages?state=failed");
    assertThat(stranger.get("/apps/admin").header("Location")).endsWith("/apps/admin/");
  }

  /** What an upgrade brings a moment later must not stay away for a year. */
  @Test
  void whatIsNotThereIsNotKept() {
    assertThat(stranger.get("/apps/assets/nothing.js").header("Cache-Control"))
        .doesNotContain("immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apps/nothing/",
        "/apps/assets/nothing.js",
        "/apps/admin/nothing.html",
        "/apps/../actuator/prometheus",
        "/apps/%2e%2e/actuator/prometheus",
        "/apps/admin/..;/..;/actuator/prometheus",
        "/apps//actuator/prometheus"
      })
  void nothingElseIsThere(String path) {
    assertThat(stranger.get(path).status()).isGreaterThanOrEqualTo(400);
  }
}

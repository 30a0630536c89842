package dev.kiln.command;

import dev.kiln.role.HubSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says whether the hub on this machine is ready and warm. */
final class Status {

  private static final int STOPPED = 3;
  private static final int NOT_READY = 10;
  private static final Pattern SECONDS = Pattern.compile("\"seconds\":([0-9.]+)");

  private final HubSettings settings;
  private final Local hub;
  private final PrintStream out;

  Status(HubSettings settings, PrintStream out) throws Exception {
    this.settings = settings;
    this.hub = new Local(settings);
    this.out = out;
  }

  int print() throws InterruptedException {
    try {
      boolean ready = isReady();
      out.println(ready ? "ready at " + settings.base() : "running, but not ready: see the log");
      Matcher warm = SECONDS.matcher(hub.getAsOperator("/actuator/health/warm").body());
      out.println(
          warm.find() ? "warm since " + warm.group(1) + " s after its start" : "not warm yet");
      return ready ? 0 : NOT_READY;
    } catch (IOException e) {
      out.println("stopped: nothing answers at " + settings.bindAddress() + ":" + settings.port());
      return STOPPED;
    }
  }

  /** Waits until the hub is ready, as long as its process lives and five minutes at most. */
  int await(long pid) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(5));
    while (Instant.now().isBefore(end)) {
      if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) == false) {
        return STOPPED;
      }
      try {
        if (isReady()) {
          return 0;
        }
      } catch (IOException e) {
        // Nothing listens yet.
      }
      Thread.sleep(300);
    }
    return NOT_READY;
  }

  private boolean isReady() throws IOException, InterruptedException {
    HttpResponse<String> answer = hub.get("/actuator/health/readiness");
    return answer.statusCode() == 200;
  }
}

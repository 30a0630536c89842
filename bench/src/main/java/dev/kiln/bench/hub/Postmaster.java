package dev.kiln.bench.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The first process of the hub's embedded PostgreSQL, which outlives a hub that was killed. */
final class Postmaster {

  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  private Postmaster() {}

  /**
   * @param data the hub's data folder
   * @return empty where it does not run
   */
  static Optional<ProcessHandle> of(Path data) throws IOException {
    Path file = data.resolve("postgres/cluster/postmaster.pid");
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    // The number may belong to another program by now.
    return lines.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
            .filter(one -> one.info().commandLine().orElse("").contains(data.toString()));
  }

  /**
   * Stops it in its fast mode: it cuts all its connections off.
   *
   * @return how it is started again
   */
  static List<String> stop(Path data) throws IOException, InterruptedException {
    ProcessHandle running = of(data).orElseThrow(() -> new IOException("PostgreSQL does not run"));
    String line = Files.readString(Path.of("/proc/" + running.pid() + "/cmdline"));
    List<String> command = new ArrayList<>();
    if (ProcessHandle.current().info().user().filter("root"::equals).isPresent()) {
      // PostgreSQL does not run as root, so that the hub gives it a user name space.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(line.split("\0")));
    new ProcessBuilder("kill", "-INT", String.valueOf(running.pid())).start().waitFor();
    try {
      running.onExit().get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("PostgreSQL did not stop", e);
    }
    return command;
  }
}

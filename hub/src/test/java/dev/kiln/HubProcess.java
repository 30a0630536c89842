package dev.kiln;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A hub in a process of its own, from the packaged jar, for what cannot be done to the JVM that
 * runs the tests.
 */
public final class HubProcess implements AutoCloseable {

  private final Path data;
  private final int port;
  private final int mllpPort;
  private final Process process;

  public HubProcess(Path data, String... settings) throws IOException {
    this(data, RunningHub.freePort(), RunningHub.freePort(), settings);
  }

  public HubProcess(Path data, int port, int mllpPort, String... settings) throws IOException {
    this.data = data;
    this.port = port;
    this.mllpPort = mllpPort;
    List<String> arguments =
        new ArrayList<>(List.of("--kiln.port=" + port, "--kiln.routes.mllp.port=" + mllpPort));
    arguments.addAll(List.of(settings));
    process = java(data, arguments);
  }

  /** Runs the jar with the arguments, its output in {@code console.log} beside the data. */
  public static Process java(Path data, List<String> arguments, String... environment)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target/kiln.jar").toAbsolutePath().toString()));
    command.addAll(arguments);
    Files.createDirectories(data);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("console.log").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KILN_"));
    builder.environment().putAll(Map.of("KILN_DATA", data.toString()));
    for (String pair : environment) {
      builder.environment().put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    return builder.start();
  }

  public HubProcess awaitReady() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(4));
    Http stranger = new Http("http://localhost:" + port, null);
    while (Instant.now().isBefore(end)) {
      if (!process.isAlive()) {
        throw new IOException("The hub ended with " + process.exitValue() + ": " + console());
      }
      try {
        if (stranger.get("/actuator/health/readiness").status() == 200) {
          return this;
        }
      } catch (java.io.UncheckedIOException e) {
        // Nothing listens yet.
      }
      Thread.sleep(300);
    }
    throw new IOException("The hub was not ready in time: " + console());
  }

  public Http http() {
    return http("http://localhost:" + port);
  }

  /**
   * @param issuer what the hub calls itself, where it has a base-url
   */
  public Http http(String issuer) {
    String base = "http://localhost:" + port;
    return new Http(
        base, new Operator(HttpClient.newHttpClient(), base, issuer, data.resolve("operator.key")));
  }

  public int port() {
    return port;
  }

  public int mllpPort() {
    return mllpPort;
  }

  public String console() throws IOException {
    return Files.readString(data.resolve("console.log"));
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /**
   * @return the exit code, once the process has ended by itself
   */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      throw new IllegalStateException("The hub still runs");
    }
    return process.exitValue();
  }

  /** An orderly stop. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

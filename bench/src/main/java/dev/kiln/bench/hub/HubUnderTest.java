package dev.kiln.bench.hub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A hub on a data folder and two ports of its own, which is started, killed and started again as
 * often as a drill wants.
 */
public final class HubUnderTest implements AutoCloseable {

  /** As {@code ./kiln start} runs it. */
  public static final List<String> AS_ALWAYS =
      List.of("-Xms512m", "-Xmx2g", "-XX:+ExitOnOutOfMemoryError");

  /**
   * For a hub that does not live long enough to gain by the optimising compiler, which would take
   * the larger part of each start's work.
   */
  public static final List<String> SHORT_LIVED =
      List.of("-Xms512m", "-Xmx2g", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1");

  /** Of SIGKILL, and of a halt by {@code kiln.halt-at}. */
  private static final int KILLED = 137;

  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(90);

  private final Path data;
  private final int port;
  private final int mllpPort;
  private final Api api;
  private Command command;
  private Process process;
  private List<String> database;

  /**
   * Starts nothing yet.
   *
   * @param jar the hub's jar, best the unpacked one
   * @param data made at the first start
   * @param options of its JVM
   */
  public HubUnderTest(Path jar, Path data, List<String> options) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new IOException("There is no hub at " + jar + ": build Kiln first");
    }
    this.command = new Command(jar.toAbsolutePath(), options, null);
    this.data = data.toAbsolutePath();
    this.port = freePort();
    this.mllpPort = freePort();
    this.api = new Api(URI.create("http://localhost:" + port), this.data.resolve("operator.key"));
    // An interrupted bench must not leave a hub and its PostgreSQL behind.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /**
   * Starts it on the same data as before.
   *
   * @param settings as environment variables, for example {@code KILN_HALTAT}
   */
  public void start(Map<String, String> settings) throws IOException {
    Files.createDirectories(data.resolve("logs"));
    ProcessBuilder builder =
        new ProcessBuilder(command.line())
            .directory(data.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(data.resolve("logs/console.log").toFile()));
    // The settings of whoever runs the bench are about another hub.
    builder.environment().keySet().removeIf(name -> name.startsWith("KILN_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "KILN_DATA", data.toString(),
                "KILN_PORT", String.valueOf(port),
                "KILN_ROUTES_MLLP_PORT", String.valueOf(mllpPort),
                "LOGGING_FILE_NAME", data.resolve("logs/kiln.json").toString(),
                "LOGGING_THRESHOLD_CONSOLE", "OFF"));
    builder.environment().putAll(settings);
    process = builder.start();
  }

  /**
   * Waits until it is ready.
   *
   * @return false where it was halted before
   * @throws IOException where it ended by itself, or is not ready in five minutes
   */
  public boolean awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (isAlive()) {
      try {
        if (api.getOpenly("/actuator/health/readiness").statusCode() == 200) {
          return true;
        }
      } catch (IOException e) {
        // Nothing listens yet.
      }
      if (System.nanoTime() > end) {
        throw new IOException("The hub was not ready in five minutes; its logs are in " + data);
      }
      Thread.sleep(100);
    }
    refuseOtherEnds();
    return false;
  }

  /** From its next start on, its JVM has this class of the bench's as well. */
  public void add(String type) throws IOException {
    command = command.with(type, data.resolveSibling("added"));
  }

  /** Starts it with its usual settings and waits until it is ready. */
  public void start() throws IOException, InterruptedException {
    startAndAwait(Map.of());
  }

  /** The same with further settings. */
  public void startAndAwait(Map<String, String> settings) throws IOException, InterruptedException {
    start(settings);
    if (!awaitReady()) {
      throw new IOException("The hub did not start; its logs are in " + data.resolve("logs"));
    }
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * Waits for it to be halted.
   *
   * @return false where it lives on
   * @throws IOException where it ended by itself
   */
  public boolean awaitHalt(Duration patience) throws IOException, InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    refuseOtherEnds();
    return true;
  }

  /** A hub that cannot start, say, must not pass for one that was halted. */
  private void refuseOtherEnds() throws IOException {
    if (process.exitValue() != KILLED) {
      throw new IOException(
          "The hub ended with exit code "
              + process.exitValue()
              + "; its logs are in "
              + data.resolve("logs"));
    }
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public Inbox inbox() {
    return new Inbox(api);
  }

  public FhirReader fhir() {
    return new FhirReader(api);
  }

  public Api api() {
    return api;
  }

  public int mllpPort() {
    return mllpPort;
  }

  /** Stops the hub's PostgreSQL under it. */
  public void stopDatabase() throws IOException, InterruptedException {
    database = Postmaster.stop(data);
  }

  /** Starts it again as the hub had started it. */
  public void startDatabase() throws IOException {
    new ProcessBuilder(database)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(data.resolve("logs/postgres.log").toFile()))
        .start();
  }

  public boolean isDatabaseAlive() throws IOException {
    return Postmaster.of(data).isPresent();
  }

  /** Bytes of memory that its JVM occupies. */
  public long residentBytes() throws IOException {
    return Resident.of(process.pid());
  }

  public CpuTime cpuTime() throws IOException {
    return CpuTime.of(
        process.pid(),
        Postmaster.of(data)
            .orElseThrow(() -> new IOException("The hub's PostgreSQL does not run"))
            .pid());
  }

  /** An orderly stop, also of the PostgreSQL that a killed hub has left behind. */
  @Override
  public void close() {
    try {
      if (isAlive()) {
        process.destroy();
        if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
          kill();
        }
      }
      Postmaster.of(data).ifPresent(ProcessHandle::destroy);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // What cannot be read names no process to stop.
    }
  }

  /**
   * A port that no outgoing connection is given by itself: a sender that tries again and again to
   * reach a dead hub would else come to be connected with itself, and keep the port from the hub.
   */
  private static int freePort() throws IOException {
    for (int tries = 0; ; tries++) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        if (tries == 100) {
          throw e;
        }
      }
    }
  }
}

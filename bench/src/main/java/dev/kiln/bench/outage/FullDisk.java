package dev.kiln.bench.outage;

import dev.kiln.bench.hub.HubUnderTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The disk on which all data lie is filled to its last byte, and has room again after a while. */
final class FullDisk implements Outage {

  private static final int MEGABYTES = 1200;

  private final Path mount;
  private final Duration time;

  FullDisk(Path mount, Duration time) {
    this.mount = mount;
    this.time = time;
  }

  /** Mounts a small disk, which only root may. */
  static boolean mount(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    return run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "kiln-bench", folder);
  }

  static void unmount(Path folder) throws IOException, InterruptedException {
    run("umount", folder);
  }

  private static boolean run(Object... words) throws IOException, InterruptedException {
    String[] command = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      command[i] = words[i].toString();
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Override
  public String name() {
    return "full disk";
  }

  @Override
  public Map<String, Object> happen(HubUnderTest hub) throws IOException, InterruptedException {
    Path ballast = mount.resolve("ballast");
    fill(ballast);
    Thread.sleep(time.toMillis());
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("seconds", time.toSeconds());
    seen.put("free bytes at its end", mount.toFile().getUsableSpace());
    Files.delete(ballast);
    seen.put("hub lives", hub.isAlive());
    seen.put("PostgreSQL lives", hub.isDatabaseAlive());
    if (!hub.isAlive() || !hub.isDatabaseAlive()) {
      hub.close();
      hub.start();
      seen.put("started anew", true);
    }
    return seen;
  }

  private static void fill(Path ballast) throws IOException {
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      if (Files.notExists(ballast)) {
        throw e;
      }
      // It is full, as was wanted.
    }
  }
}

package dev.kiln.bench.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that a process occupies, as Linux tells it in {@code /proc/PID/status}. */
final class Resident {

  private static final String LINE = "VmRSS:";

  private Resident() {}

  static long of(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
      if (line.startsWith(LINE)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("The process has ended");
  }
}

package dev.kiln.bench.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU seconds that the hub's JVM and its embedded PostgreSQL have used since they were started, as
 * Linux counts them in {@code /proc/PID/stat}.
 *
 * @param hub of the JVM
 * @param database of PostgreSQL's first process and its children, also those that have ended
 */
public record CpuTime(double hub, double database) {

  /** USER_HZ, the unit of those counters, is 100 on every platform that the JDK runs on. */
  private static final double TICKS_PER_SECOND = 100;

  /** Where the counters stand from the third field on; those of ended children come after. */
  private static final int PARENT = 1;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int ENDED_USER = 13;
  private static final int ENDED_SYSTEM = 14;

  /**
   * @param hub process id of the JVM
   * @param postmaster process id of PostgreSQL's first process
   * @throws IOException also where there is no {@code /proc}
   */
  static CpuTime of(long hub, long postmaster) throws IOException {
    return new CpuTime(
        seconds(fields(process(hub)), USER, SYSTEM),
        seconds(fields(process(postmaster)), USER, SYSTEM, ENDED_USER, ENDED_SYSTEM)
            + childrenOf(postmaster));
  }

  private static Path process(long id) {
    return Path.of("/proc", String.valueOf(id));
  }

  public CpuTime since(CpuTime before) {
    return new CpuTime(hub - before.hub, database - before.database);
  }

  public CpuTime and(CpuTime other) {
    return new CpuTime(hub + other.hub, database + other.database);
  }

  private static double childrenOf(long parent) throws IOException {
    List<Path> processes;
    try (Stream<Path> folders = Files.list(Path.of("/proc"))) {
      processes =
          folders.filter(folder -> folder.getFileName().toString().matches("\\d+")).toList();
    }
    double seconds = 0;
    for (Path process : processes) {
      try {
        String[] fields = fields(process);
        seconds +=
            fields[PARENT].equals(String.valueOf(parent)) ? seconds(fields, USER, SYSTEM) : 0;
      } catch (IOException e) {
        // It has ended since the folder was listed, and its parent counts it.
      }
    }
    return seconds;
  }

  private static double seconds(String[] fields, int... counters) {
    long ticks = 0;
    for (int counter : counters) {
      ticks += Long.parseLong(fields[counter]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** From the third field on (proc(5)); the second is a name, which may hold blanks. */
  private static String[] fields(Path process) throws IOException {
    String line = Files.readString(process.resolve("stat"));
    return line.substring(line.lastIndexOf(')') + 2).split(" ");
  }
}

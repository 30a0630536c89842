package dev.kiln.bench.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The first process of the hub's embedded PostgreSQL, which outlives a hub that was killed. */
final class Postmaster {

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
}

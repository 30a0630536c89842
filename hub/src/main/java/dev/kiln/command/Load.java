package dev.kiln.command;

import dev.kiln.role.HubSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sends the transaction Bundles of a folder to the running hub, in the order of their names,
 * through its public API.
 */
final class Load {

  private static final int REFUSED = 1;

  private final Local hub;
  private final PrintStream out;

  Load(HubSettings settings, PrintStream out) throws Exception {
    this.hub = new Local(settings);
    this.out = out;
  }

  int folder(Path folder) throws IOException, InterruptedException {
    List<Path> bundles;
    try (Stream<Path> files = Files.list(folder)) {
      bundles = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    for (int i = 0; i < bundles.size(); i++) {
      HttpResponse<String> answer = hub.post("/fhir", bundles.get(i));
      if (answer.statusCode() != 200) {
        out.println(
            bundles.get(i) + " was refused with " + answer.statusCode() + ": " + answer.body());
        return REFUSED;
      }
      out.print("\rLoading example data: " + (i + 1) + " of " + bundles.size() + " files");
      out.flush();
    }
    out.println();
    return 0;
  }
}

package dev.kiln.command.corpus;

import dev.kiln.routes.settings.RoutesSettings;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What follows {@code corpus} on the command line.
 *
 * @param site null where the hub's own site profiles hold
 */
public record CorpusOptions(Path folder, boolean json, Path site, boolean showValues) {

  /** A folder that nobody has, so that no profile holds. */
  private static final Path NO_SITES = Path.of("/dev/null/sites");

  /**
   * @throws IllegalArgumentException for what is no option
   * @throws NoSuchFileException where there is no such profile
   */
  public static CorpusOptions of(String... arguments) throws NoSuchFileException {
    Path folder = null;
    Path site = null;
    boolean json = false;
    boolean showValues = false;
    for (int at = 1; at < arguments.length; at++) {
      switch (arguments[at]) {
        case "--json" -> json = true;
        case "--show-values" -> showValues = true;
        case "--site" -> {
          if (++at == arguments.length) {
            throw new IllegalArgumentException("--site wants a FILE");
          }
          site = Path.of(arguments[at]);
        }
        default -> {
          if (folder != null || arguments[at].startsWith("-")) {
            throw new IllegalArgumentException("corpus does not know " + arguments[at]);
          }
          folder = Path.of(arguments[at]);
        }
      }
    }
    if (folder == null) {
      throw new IllegalArgumentException("corpus wants a FOLDER");
    }
    if (site != null && !Files.isRegularFile(site)) {
      throw new NoSuchFileException(site.toString());
    }
    return new CorpusOptions(folder, json, site, showValues);
  }

  RoutesSettings settings(RoutesSettings hub) {
    return site == null ? hub : with(hub, site);
  }

  RoutesSettings withoutSites(RoutesSettings hub) {
    return with(hub, NO_SITES);
  }

  private static RoutesSettings with(RoutesSettings hub, Path sites) {
    return new RoutesSettings(
        hub.mllp(),
        hub.listeners(),
        hub.http(),
        hub.files(),
        hub.sftp(),
        hub.workers(),
        hub.poolSize(),
        hub.timeZone(),
        sites,
        hub.retention(),
        hub.seal());
  }
}

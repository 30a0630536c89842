package dev.kiln.routes.hl7v2.site;

import dev.kiln.routes.RoutesSettings.WrongSite;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The profiles of all sites, of which at most one is for each sender. */
public final class SiteProfiles {

  private final List<SiteProfile> profiles;

  private SiteProfiles(List<SiteProfile> profiles) {
    this.profiles = profiles;
  }

  /** No sender has peculiarities. */
  public static SiteProfiles none() {
    return new SiteProfiles(List.of());
  }

  /**
   * Reads the files of a folder whose names end with {@code .yaml}, or one file; none where there
   * is no such folder.
   *
   * @throws WrongSite naming file and line, for a file that is wrong and for two that are for the
   *     same sender
   */
  public static SiteProfiles in(Path folder) {
    if (Files.isRegularFile(folder)) {
      return of(List.of(folder));
    }
    if (!Files.isDirectory(folder)) {
      return none();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return of(files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SiteProfiles of(List<Path> files) {
    Map<Path, SiteProfile> read = new TreeMap<>();
    for (Path file : files) {
      SiteProfile profile = new SiteProfileFile(file).read();
      read.forEach(
          (other, known) -> {
            if (known.overlaps(profile)) {
              throw new WrongSite(
                  file + " line 1: " + other + " is for the same sender; make one of them.");
            }
          });
      read.put(file, profile);
    }
    return new SiteProfiles(new ArrayList<>(read.values()));
  }

  /** The profile for a sender, which may be {@link SiteProfile#NONE}. */
  public SiteProfile of(Segment msh) {
    return profiles.stream()
        .filter(profile -> profile.isFor(msh.field(3).value(), msh.field(4).value()))
        .findFirst()
        .orElse(SiteProfile.NONE);
  }
}

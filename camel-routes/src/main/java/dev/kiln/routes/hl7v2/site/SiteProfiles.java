package dev.kiln.routes.hl7v2.site;

import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.settings.WrongSite;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The profiles of all sites at one moment, of which at most one is for each sender. It never
 * changes, so that a message which is read with it is read with one state of all profiles.
 */
public final class SiteProfiles {

  private final Map<String, SiteProfile> profiles;

  private SiteProfiles(Map<String, SiteProfile> profiles) {
    this.profiles = Collections.unmodifiableMap(profiles);
  }

  /** No sender has peculiarities. */
  public static SiteProfiles none() {
    return new SiteProfiles(Map.of());
  }

  /**
   * Reads the files of a folder whose names end with {@code .yaml}, or one file; none where there
   * is no such folder.
   *
   * @throws WrongSite naming file and line, for a file that is wrong and for two that are for the
   *     same sender
   */
  public static SiteProfiles in(Path folder) {
    return new SiteFolder(folder).profiles();
  }

  /**
   * @param name takes the place of the profile of that name
   * @param file that it stands in; empty where it is not in a file yet
   * @throws WrongSite naming both, where another profile is for the same sender
   */
  SiteProfiles with(String name, SiteProfile profile, String file) {
    SiteProfiles others = without(name);
    others.profiles.forEach(
        (other, known) -> {
          if (known.overlaps(profile)) {
            throw new WrongSite(
                file,
                1,
                "the profiles %s and %s are for the same sender; make one of them"
                    .formatted(name, other));
          }
        });
    Map<String, SiteProfile> all = new TreeMap<>(others.profiles);
    all.put(name, profile);
    return new SiteProfiles(all);
  }

  SiteProfiles without(String name) {
    Map<String, SiteProfile> others = new TreeMap<>(profiles);
    others.remove(name);
    return new SiteProfiles(others);
  }

  /** The profile of that name; {@link SiteProfile#NONE} where there is none. */
  public SiteProfile named(String name) {
    return profiles.getOrDefault(name, SiteProfile.NONE);
  }

  /** The profile for a sender, which may be {@link SiteProfile#NONE}. */
  public SiteProfile of(Segment msh) {
    return profiles.values().stream()
        .filter(profile -> profile.isFor(msh.field(3).value(), msh.field(4).value()))
        .findFirst()
        .orElse(SiteProfile.NONE);
  }
}

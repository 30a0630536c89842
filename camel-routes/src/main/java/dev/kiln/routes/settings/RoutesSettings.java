package dev.kiln.routes.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator decides about the wire protocols.
 *
 * @param mllp The first MLLP listener, named mllp.
 * @param listeners Further MLLP listeners by name, each with all settings of kiln.routes.mllp, for
 *     example kiln.routes.listeners.lab.port; a name has small letters, digits and dashes.
 * @param http Listeners for HL7 v2 over HTTP by name, each at /hl7v2/NAME of the hub's own web
 *     server, for example kiln.routes.http.lab.acknowledge.
 * @param files Folders by name into which files of HL7 v2 messages are dropped, for example
 *     kiln.routes.files.lab.folder.
 * @param sftp Folders on SFTP servers of partners by name, from which files of HL7 v2 messages are
 *     fetched, for example kiln.routes.sftp.lab.host.
 * @param workers Messages of different patients that are applied at the same time.
 * @param poolSize Connections in the inbox's own pool.
 * @param timeZone Zone of times that a message gives without an offset.
 * @param sites Folder of the site profiles, which say what is peculiar to a sender.
 * @param retention How long finished messages are kept.
 * @param seal How messages are sealed in the database.
 */
@Validated
@ConfigurationProperties("kiln.routes")
public record RoutesSettings(
    @NestedConfigurationProperty @Valid @DefaultValue MllpSettings mllp,
    @DefaultValue Map<String, @Valid MllpSettings> listeners,
    @DefaultValue Map<String, HttpSettings> http,
    @DefaultValue Map<String, FileSettings> files,
    @DefaultValue Map<String, @Valid SftpSettings> sftp,
    @DefaultValue("4") @Min(1) @Max(64) int workers,
    @DefaultValue("8") @Min(2) @Max(200) int poolSize,
    @DefaultValue("UTC") ZoneId timeZone,
    @DefaultValue("./data/sites") Path sites,
    @DefaultValue Retention retention,
    @DefaultValue Seal seal) {

  /** The name of the listener that has the settings of {@link #mllp}. */
  public static final String FIRST_LISTENER = "mllp";

  private static final String NAME = "[a-z0-9][a-z0-9-]{0,39}";
  private static final String LOOPBACK = "127.0.0.1";

  public RoutesSettings {
    mllp = mllp.at(LOOPBACK);
    Map<String, MllpSettings> further = new TreeMap<>();
    for (Map.Entry<String, MllpSettings> listener : listeners.entrySet()) {
      String name = listener.getKey();
      refuseWrongName("kiln.routes.listeners.", name);
      further.put(name, listener.getValue().at(mllp.address()));
    }
    listeners = further;
    http = new TreeMap<>(http);
    files = new TreeMap<>(files);
    sftp = new TreeMap<>(sftp);
    Set<String> taken = new TreeSet<>(further.keySet());
    refuseSharedNames("kiln.routes.http.", http.keySet(), taken);
    refuseSharedNames("kiln.routes.files.", files.keySet(), taken);
    refuseSharedNames("kiln.routes.sftp.", sftp.keySet(), taken);
    Set<Path> folders = new HashSet<>();
    for (Map.Entry<String, FileSettings> drop : files.entrySet()) {
      if (!folders.add(drop.getValue().folder().toAbsolutePath().normalize())) {
        throw new IllegalArgumentException(
            "kiln.routes.files." + drop.getKey() + ".folder is that of another listener.");
      }
    }
    Set<String> places = new HashSet<>();
    for (Map.Entry<String, SftpSettings> fetch : sftp.entrySet()) {
      if (!places.add(fetch.getValue().place())) {
        throw new IllegalArgumentException(
            "kiln.routes.sftp." + fetch.getKey() + ".folder is that of another listener.");
      }
    }
    refuseSharedPorts(all(mllp, further));
  }

  /** The name of a listener is kept with each message: it says which one the message came to. */
  private static void refuseSharedNames(String prefix, Set<String> names, Set<String> taken) {
    for (String name : names) {
      refuseWrongName(prefix, name);
      if (!taken.add(name)) {
        throw new IllegalArgumentException(prefix + name + " has the name of another listener.");
      }
    }
  }

  private static void refuseWrongName(String prefix, String name) {
    if (!name.matches(NAME) || name.equals(FIRST_LISTENER)) {
      throw new IllegalArgumentException(
          prefix
              + name
              + " is no name for a listener: small letters, digits and dashes, at most 40, and"
              + " not mllp, which is the first one.");
    }
  }

  private static void refuseSharedPorts(Map<String, MllpSettings> all) {
    Map<String, MllpSettings> seen = new LinkedHashMap<>();
    all.forEach(
        (name, listener) -> {
          seen.forEach(
              (other, its) -> {
                if (listener.meets(its)) {
                  throw new IllegalArgumentException(
                      setting(name)
                          + ".port is "
                          + listener.port()
                          + ", which "
                          + setting(other)
                          + " has already.");
                }
              });
          seen.put(name, listener);
        });
  }

  /** All MLLP listeners by name, the first one first. */
  public Map<String, MllpSettings> allListeners() {
    return all(mllp, listeners);
  }

  /** Bytes that the listeners of all kinds may hold at once; of a folder it is one file. */
  public long maxBuffered() {
    return Stream.of(
            allListeners().values().stream().map(MllpSettings::maxBuffered),
            http.values().stream().map(HttpSettings::maxBuffered),
            files.values().stream().map(FileSettings::maxFileSize),
            sftp.values().stream().map(SftpSettings::maxFileSize))
        .flatMap(Function.identity())
        .mapToLong(DataSize::toBytes)
        .sum();
  }

  private static Map<String, MllpSettings> all(
      MllpSettings first, Map<String, MllpSettings> further) {
    Map<String, MllpSettings> all = new LinkedHashMap<>();
    all.put(FIRST_LISTENER, first);
    all.putAll(further);
    return all;
  }

  /** What the settings of a listener begin with, to name one that is wrong. */
  public static String setting(String listener) {
    return listener.equals(FIRST_LISTENER)
        ? "kiln.routes.mllp"
        : "kiln.routes.listeners." + listener;
  }

  /**
   * How long finished messages are kept, each with its bytes and its trace. A day is the least;
   * without a time they are kept for ever.
   *
   * @param applied Messages that have reached the store.
   * @param refused Messages that were refused when they came.
   * @param deadLetters Messages that nobody could apply, and nobody has replayed.
   */
  public record Retention(Duration applied, Duration refused, Duration deadLetters) {

    public Retention {
      least("applied", applied);
      least("refused", refused);
      least("dead-letters", deadLetters);
    }

    private static void least(String name, Duration age) {
      if (age != null && age.compareTo(Duration.ofDays(1)) < 0) {
        throw new IllegalArgumentException("retention." + name + " must be a day or more.");
      }
    }
  }

  /**
   * How messages are sealed in the database.
   *
   * @param keyFile File of the keys that seal messages, a line with number and key for each; made
   *     at the first start.
   * @param lostKeys Numbers of keys that are lost for good: Kiln starts without them, and what they
   *     have sealed can no longer be read or replayed.
   */
  public record Seal(
      @DefaultValue("./data/messages.key") Path keyFile, @DefaultValue Set<Integer> lostKeys) {}
}

package dev.kiln.routes;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
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
    @Valid @DefaultValue Mllp mllp,
    @DefaultValue Map<String, @Valid Mllp> listeners,
    @DefaultValue Map<String, Http> http,
    @DefaultValue Map<String, Files> files,
    @DefaultValue Map<String, @Valid Sftp> sftp,
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
    Map<String, Mllp> further = new TreeMap<>();
    for (Map.Entry<String, Mllp> listener : listeners.entrySet()) {
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
    for (Map.Entry<String, Files> drop : files.entrySet()) {
      if (!folders.add(drop.getValue().folder().toAbsolutePath().normalize())) {
        throw new IllegalArgumentException(
            "kiln.routes.files." + drop.getKey() + ".folder is that of another listener.");
      }
    }
    Set<String> places = new HashSet<>();
    for (Map.Entry<String, Sftp> fetch : sftp.entrySet()) {
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

  private static void refuseSharedPorts(Map<String, Mllp> all) {
    Map<String, Mllp> seen = new LinkedHashMap<>();
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
  public Map<String, Mllp> allListeners() {
    return all(mllp, listeners);
  }

  /** Bytes that the listeners of all kinds may hold at once; of a folder it is one file. */
  public long maxBuffered() {
    return Stream.of(
            allListeners().values().stream().map(Mllp::maxBuffered),
            http.values().stream().map(Http::maxBuffered),
            files.values().stream().map(Files::maxFileSize),
            sftp.values().stream().map(Sftp::maxFileSize))
        .flatMap(Function.identity())
        .mapToLong(DataSize::toBytes)
        .sum();
  }

  private static Map<String, Mllp> all(Mllp first, Map<String, Mllp> further) {
    Map<String, Mllp> all = new LinkedHashMap<>();
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

  /** Says in one sentence, with the setting, what keeps a listener from being opened. */
  public static final class WrongListener extends RuntimeException {

    public WrongListener(String sentence) {
      super(sentence);
    }
  }

  /** Says in one sentence, with the setting, what keeps alerts from being sent. */
  public static final class WrongAlerts extends RuntimeException {

    public WrongAlerts(String sentence) {
      super(sentence);
    }
  }

  /** Says in one sentence why sealed messages cannot be opened, and what to do about it. */
  public static final class WrongKey extends RuntimeException {

    public WrongKey(String sentence) {
      super(sentence);
    }
  }

  /** Says in one sentence, with file and line, what is wrong in a site profile. */
  public static final class WrongSite extends RuntimeException {

    private final int line;
    private final String what;

    /**
     * @param file that it stands in; empty where it is not in a file yet
     */
    public WrongSite(String file, int line, String what) {
      super("%s line %d: %s.".formatted(file, line, what).strip());
      this.line = line;
      this.what = what;
    }

    /** Counted from 1. */
    public int line() {
      return line;
    }

    /** Without file and line. */
    public String what() {
      return what;
    }
  }

  /**
   * An MLLP listener.
   *
   * @param address Address that it binds; where it is not said, that of HTTP, and for further
   *     listeners that of the first one.
   * @param port Port that it binds.
   * @param maxConnections Senders that are served at once.
   * @param maxMessageSize Largest message that is taken in, from 1KB to 256MB.
   * @param maxBuffered Memory for the frames of all its senders together, not less than one
   *     message; that of all listeners is at most half of the heap.
   * @param frameTimeout Longest time that a sender may take from the first byte of a frame to its
   *     last.
   * @param acknowledge When a message is acknowledged: when it is stored in the inbox (on-commit)
   *     or when it has reached the FHIR store (on-applied).
   * @param appliedTimeout Longest time that on-applied waits.
   * @param tls TLS; none when not set.
   */
  public record Mllp(
      String address,
      @DefaultValue("2575") @Min(1) @Max(65535) int port,
      @DefaultValue("50") @Min(1) @Max(1000) int maxConnections,
      @DefaultValue("16MB") DataSize maxMessageSize,
      @DefaultValue("64MB") DataSize maxBuffered,
      @DefaultValue("60s") Duration frameTimeout,
      @DefaultValue("on-commit") Acknowledge acknowledge,
      @DefaultValue("10s") Duration appliedTimeout,
      Tls tls) {

    public Mllp {
      refuseWrongSizes(maxMessageSize, maxBuffered);
      if (frameTimeout.toMillis() < 1) {
        throw new IllegalArgumentException("frame-timeout must be longer than nothing.");
      }
    }

    private Mllp at(String otherwise) {
      return address == null || address.isBlank()
          ? new Mllp(
              otherwise,
              port,
              maxConnections,
              maxMessageSize,
              maxBuffered,
              frameTimeout,
              acknowledge,
              appliedTimeout,
              tls)
          : this;
    }

    /** Whether the two cannot both be opened; port 0 is another one for each. */
    private boolean meets(Mllp other) {
      return port == other.port
          && port != 0
          && (address.equals(other.address) || isEverywhere() || other.isEverywhere());
    }

    private boolean isEverywhere() {
      return address.equals("0.0.0.0") || address.equals("::");
    }

    /** How long an acknowledgement waits for the message to be applied. */
    public Duration patience() {
      return acknowledge == Acknowledge.ON_APPLIED ? appliedTimeout : Duration.ZERO;
    }
  }

  private static void refuseWrongSizes(DataSize maxMessageSize, DataSize maxBuffered) {
    if (maxMessageSize.toKilobytes() < 1 || maxMessageSize.toMegabytes() > 256) {
      throw new IllegalArgumentException("max-message-size must lie between 1KB and 256MB.");
    }
    if (maxBuffered.compareTo(maxMessageSize) < 0) {
      throw new IllegalArgumentException("max-buffered must not be less than max-message-size.");
    }
  }

  /**
   * A listener for HL7 v2 over HTTP.
   *
   * @param maxMessageSize Largest body that is taken in, from 1KB to 256MB.
   * @param maxBuffered Memory for the bodies of all its senders together, not less than one body.
   * @param acknowledge As that of kiln.routes.mllp.
   * @param appliedTimeout Longest time that on-applied waits.
   */
  public record Http(
      @DefaultValue("16MB") DataSize maxMessageSize,
      @DefaultValue("64MB") DataSize maxBuffered,
      @DefaultValue("on-commit") Acknowledge acknowledge,
      @DefaultValue("10s") Duration appliedTimeout) {

    public Http {
      refuseWrongSizes(maxMessageSize, maxBuffered);
    }

    /** How long an acknowledgement waits for the message to be applied. */
    public Duration patience() {
      return acknowledge == Acknowledge.ON_APPLIED ? appliedTimeout : Duration.ZERO;
    }
  }

  /**
   * A folder into which files are dropped.
   *
   * @param folder The folder, which is made where there is none; two listeners cannot have the
   *     same.
   * @param maxFileSize Largest file that is taken in, from 1KB to 256MB.
   * @param quiet How long a file must have stayed as it is before it is taken for finished.
   * @param acknowledge As that of kiln.routes.mllp.
   * @param appliedTimeout Longest time that on-applied waits for a message.
   */
  public record Files(
      Path folder,
      @DefaultValue("16MB") DataSize maxFileSize,
      @DefaultValue("5s") Duration quiet,
      @DefaultValue("on-commit") Acknowledge acknowledge,
      @DefaultValue("10s") Duration appliedTimeout) {

    public Files {
      if (folder == null) {
        throw new IllegalArgumentException("a folder for files needs its setting folder.");
      }
      refuseWrongFiles(maxFileSize, quiet);
    }

    /** How long an acknowledgement waits for the message to be applied. */
    public Duration patience() {
      return acknowledge == Acknowledge.ON_APPLIED ? appliedTimeout : Duration.ZERO;
    }
  }

  private static void refuseWrongFiles(DataSize maxFileSize, Duration quiet) {
    if (maxFileSize.toKilobytes() < 1 || maxFileSize.toMegabytes() > 256) {
      throw new IllegalArgumentException("max-file-size must lie between 1KB and 256MB.");
    }
    if (quiet.toMillis() < 100) {
      throw new IllegalArgumentException("quiet must be 100ms or more.");
    }
  }

  /**
   * A folder on a partner's SFTP server, from which files are fetched.
   *
   * @param host Name or address of the server.
   * @param port Its port.
   * @param user User to sign in as.
   * @param folder The folder on the server; one that does not begin with a slash lies in the user's
   *     own. It must be one in which the user may write: what is done with is moved there.
   * @param keyFile File with the private key to sign in with, without a passphrase.
   * @param passwordFile File that holds the password to sign in with, and nothing else.
   * @param knownHosts File with the keys by which the server is known, as OpenSSH's known_hosts; a
   *     server that is not in it, or has another key, is not talked to.
   * @param poll How often the folder is looked at, from 1s.
   * @param maxFileSize Largest file that is taken in, from 1KB to 256MB.
   * @param quiet How long a file must have stayed as it is before it is taken for finished.
   * @param timeout Longest time that the server may take to answer, from 1s.
   * @param acknowledge As that of kiln.routes.mllp.
   * @param appliedTimeout Longest time that on-applied waits for a message.
   */
  public record Sftp(
      String host,
      @DefaultValue("22") @Min(1) @Max(65535) int port,
      String user,
      String folder,
      Path keyFile,
      Path passwordFile,
      Path knownHosts,
      @DefaultValue("10s") Duration poll,
      @DefaultValue("16MB") DataSize maxFileSize,
      @DefaultValue("5s") Duration quiet,
      @DefaultValue("30s") Duration timeout,
      @DefaultValue("on-commit") Acknowledge acknowledge,
      @DefaultValue("10s") Duration appliedTimeout) {

    public Sftp {
      refuseMissing("host", host);
      refuseMissing("user", user);
      refuseMissing("folder", folder);
      if (keyFile == null && passwordFile == null) {
        throw new IllegalArgumentException("an SFTP server needs key-file or password-file.");
      }
      if (knownHosts == null) {
        throw new IllegalArgumentException("an SFTP server needs its setting known-hosts.");
      }
      if (poll.toMillis() < 1000 || timeout.toMillis() < 1000) {
        throw new IllegalArgumentException("poll and timeout must be 1s or more.");
      }
      refuseWrongFiles(maxFileSize, quiet);
    }

    /** Two names of one server, and a folder named from the root or not, are not seen through. */
    private String place() {
      return String.join(
          "\u001f",
          host.toLowerCase(Locale.ROOT),
          String.valueOf(port),
          user,
          folder.replaceFirst("/+$", ""));
    }

    private static void refuseMissing(String name, String value) {
      if (value == null || value.isBlank()) {
        throw new IllegalArgumentException("an SFTP server needs its setting " + name + ".");
      }
    }

    /** How long an acknowledgement waits for the message to be applied. */
    public Duration patience() {
      return acknowledge == Acknowledge.ON_APPLIED ? appliedTimeout : Duration.ZERO;
    }
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

  /**
   * TLS 1.2 and 1.3 of a listener.
   *
   * @param keyStore PKCS#12 file with one private key and its certificates.
   * @param passwordFile File that holds the key store's password, and nothing else.
   * @param clientCertificates Whether senders must show a certificate (required), are asked for one
   *     (wanted), or not (none).
   * @param trustStore PEM file with the certificates of the authorities, or of the senders
   *     themselves, that are trusted.
   */
  public record Tls(
      Path keyStore,
      Path passwordFile,
      @DefaultValue("none") ClientCertificates clientCertificates,
      Path trustStore) {

    public Tls {
      if (keyStore == null || passwordFile == null) {
        throw new IllegalArgumentException("both key-store and password-file are needed.");
      }
      if (clientCertificates != ClientCertificates.NONE && trustStore == null) {
        throw new IllegalArgumentException(
            "trust-store is needed where client-certificates are asked for.");
      }
    }
  }

  /** Whether a sender shows who it is by a certificate. */
  public enum ClientCertificates {
    NONE,
    WANTED,
    REQUIRED
  }

  /** The moment from which on a sender may forget a message. */
  public enum Acknowledge {
    ON_COMMIT,
    ON_APPLIED
  }
}

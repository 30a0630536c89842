package dev.kiln.command.send;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to be sent, and where.
 *
 * @param listener name of one of the hub's own; null where nothing is said
 * @param partner null where it is one of the hub's own
 */
public record SendOptions(Path file, String listener, Partner partner) {

  private static final String TLS = "--tls";
  private static final Set<String> WITH_VALUE =
      Set.of("--listener", "--to", "--trust", "--key-store", "--password-file");

  /** An IPv6 address stands in brackets, as in a URL. */
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]/@\\s]+)):(\\d{1,5})");

  /**
   * @param arguments the command's name and what belongs to it
   * @throws IllegalArgumentException where they do not fit together
   */
  public static SendOptions of(String... arguments) {
    if (arguments.length < 2 || arguments[1].isBlank() || arguments[1].startsWith("--")) {
      throw new IllegalArgumentException("send wants a FILE first");
    }
    Map<String, String> given = new HashMap<>();
    for (int i = 2; i < arguments.length; i++) {
      String option = arguments[i];
      if (!option.equals(TLS) && !WITH_VALUE.contains(option)) {
        throw new IllegalArgumentException("send knows no " + option);
      }
      if (WITH_VALUE.contains(option) && i + 1 == arguments.length) {
        throw new IllegalArgumentException(option + " wants a value");
      }
      if (given.put(option, option.equals(TLS) ? "" : arguments[++i]) != null) {
        throw new IllegalArgumentException(option + " is given twice");
      }
    }
    return new SendOptions(
        Path.of(arguments[1]).toAbsolutePath(), given.get("--listener"), partner(given));
  }

  private static Partner partner(Map<String, String> given) {
    PartnerTls tls = tls(given);
    if (given.get("--to") == null) {
      if (tls != null) {
        throw new IllegalArgumentException(
            "--tls goes with --to; a listener of the hub's is known by its settings");
      }
      return null;
    }
    if (given.containsKey("--listener")) {
      throw new IllegalArgumentException("--listener is one of the hub's own, --to is not");
    }
    Matcher address = HOST_AND_PORT.matcher(given.get("--to"));
    int port = address.matches() ? Integer.parseInt(address.group(3)) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("--to wants HOST:PORT");
    }
    return new Partner(address.group(1) == null ? address.group(2) : address.group(1), port, tls);
  }

  private static PartnerTls tls(Map<String, String> given) {
    Path trust = path(given, "--trust");
    Path keyStore = path(given, "--key-store");
    Path passwordFile = path(given, "--password-file");
    if ((keyStore == null) != (passwordFile == null)) {
      throw new IllegalArgumentException("--key-store and --password-file go together");
    }
    if (given.containsKey(TLS)) {
      return new PartnerTls(trust, keyStore, passwordFile);
    }
    if (trust != null || keyStore != null) {
      throw new IllegalArgumentException("--trust and --key-store go with --tls");
    }
    return null;
  }

  private static Path path(Map<String, String> given, String option) {
    String value = given.get(option);
    return value == null ? null : Path.of(value).toAbsolutePath();
  }
}

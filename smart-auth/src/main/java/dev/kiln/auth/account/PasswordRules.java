package dev.kiln.auth.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which passwords may be chosen (NIST SP 800-63B): long ones that are not among the common ones,
 * and no rule on what they are made of, since such rules make people choose worse.
 */
public final class PasswordRules {

  /** Why a password may not be chosen; names the message that says so. */
  public enum Fault {
    TOO_SHORT,
    TOO_LONG,
    COMMON,
    LIKE_NAME,
    UNCHANGED
  }

  public static final int SHORTEST = 12;

  /** Hashing takes time by length; nobody types more. */
  public static final int LONGEST = 256;

  private static final int SHORTEST_NAME = 4;
  private static final Pattern AROUND = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");
  private static final Pattern REPEATED = Pattern.compile("(.{1,6})\\1+.{0,5}", Pattern.DOTALL);

  private final Set<String> common = new HashSet<>();

  PasswordRules() {
    try (BufferedReader list =
        new BufferedReader(
            new InputStreamReader(
                PasswordRules.class.getResourceAsStream("common-passwords.txt"),
                StandardCharsets.UTF_8))) {
      list.lines().forEach(common::add);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param login the account's, since a password that repeats it is the first that is tried
   */
  public Optional<Fault> fault(String password, String login) {
    String text = normal(password);
    int length = text.codePointCount(0, text.length());
    if (length < SHORTEST) {
      return Optional.of(Fault.TOO_SHORT);
    }
    if (length > LONGEST) {
      return Optional.of(Fault.TOO_LONG);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    // A common word with digits around it is as common; so is a short piece over and over.
    if (common.contains(lower)
        || common.contains(AROUND.matcher(lower).replaceAll(""))
        || AROUND.matcher(lower).replaceAll("").isEmpty() && isSequence(lower)
        || REPEATED.matcher(lower).matches()) {
      return Optional.of(Fault.COMMON);
    }
    String name = LoginName.key(login);
    if (name.length() >= SHORTEST_NAME
        && lower.contains(name)
        && lower.length() - name.length() < SHORTEST - SHORTEST_NAME) {
      return Optional.of(Fault.LIKE_NAME);
    }
    return Optional.empty();
  }

  /** The same letters may come as other bytes from another keyboard. */
  static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  private static boolean isSequence(String text) {
    for (int i = 1; i < text.length(); i++) {
      int step = text.charAt(i) - text.charAt(i - 1);
      if (step != 1 && step != -1 && step != 9 && step != -9) {
        return false;
      }
    }
    return true;
  }
}

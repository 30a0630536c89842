package dev.kiln.auth.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name that somebody types to sign in. Upper and lower case are the same. */
public final class LoginName {

  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,99}");

  private LoginName() {}

  /** The form in which names are compared. */
  public static String key(String login) {
    return Normalizer.normalize(login, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
  }

  static boolean isAllowed(String login) {
    return ALLOWED.matcher(login).matches();
  }
}

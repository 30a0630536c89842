package dev.kiln.auth.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Tokens that nobody can guess. They are kept as SHA-256 digests only: with that much chance in
 * them, a slow hash as for passwords would protect no better.
 */
public final class RandomToken {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Without the letters and digits that people take for one another (Crockford's Base32). */
  private static final char[] READABLE = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

  private RandomToken() {}

  /** 256 bits, in letters that need no escape in a URL. */
  public static String ofUrl() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Five bits a letter, in groups of four, for people to type. */
  public static String readable(int letters) {
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      if (i > 0 && i % 4 == 0) {
        token.append('-');
      }
      token.append(READABLE[RANDOM.nextInt(READABLE.length)]);
    }
    return token.toString();
  }

  public static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

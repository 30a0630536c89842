package dev.kiln.auth.account;

import dev.kiln.auth.secret.RandomToken;
import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes and compares passwords with Argon2id, with the memory and passes that OWASP's Password
 * Storage Cheat Sheet asks for.
 */
final class Passwords {

  private static final int SALT = 16;
  private static final int HASH = 32;
  private static final int LANES = 1;
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;

  private final Argon2PasswordEncoder encoder =
      new Argon2PasswordEncoder(SALT, HASH, LANES, KIBIBYTES, PASSES);

  /** Each takes its memory while it runs; so many at once that a flood takes no more than that. */
  private final Semaphore free =
      new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);

  /** Compared with where there is no account, so that the answer takes as long. */
  private final String nobodys = hash(RandomToken.ofUrl());

  String hash(String password) {
    free.acquireUninterruptibly();
    try {
      return encoder.encode(PasswordRules.normal(password));
    } finally {
      free.release();
    }
  }

  /**
   * @param hash null where there is none; that takes as long and never matches
   */
  boolean matches(String password, String hash) {
    // What is longer than any password would only keep the processor busy.
    String text = password.length() > PasswordRules.LONGEST * 2 ? "" : password;
    free.acquireUninterruptibly();
    try {
      boolean same = encoder.matches(PasswordRules.normal(text), hash == null ? nobodys : hash);
      return same && hash != null;
    } finally {
      free.release();
    }
  }

  boolean isOutdated(String hash) {
    return encoder.upgradeEncoding(hash);
  }
}

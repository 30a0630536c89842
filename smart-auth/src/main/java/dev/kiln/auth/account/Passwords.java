package dev.kiln.auth.account;

import dev.kiln.auth.secret.Secrets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.web.bind.annotation.ResponseStatus;

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
  private static final int PATIENCE_SECONDS = 5;

  private final Argon2PasswordEncoder encoder =
      new Argon2PasswordEncoder(SALT, HASH, LANES, KIBIBYTES, PASSES);

  /** Each takes its memory while it runs; so many at once that a flood takes no more than that. */
  private final Semaphore free =
      new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);

  /** Compared with where there is no account, so that the answer takes as long. */
  private final String nobodys = hash(Secrets.random());

  /** So many want to sign in at once that this one would have to wait for too long. */
  @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
  static final class Busy extends RuntimeException {}

  String hash(String password) {
    await();
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
    await();
    try {
      boolean same = encoder.matches(PasswordRules.normal(text), hash == null ? nobodys : hash);
      return same && hash != null;
    } finally {
      free.release();
    }
  }

  /** Not for ever, or a flood would hold all threads that answer other requests too. */
  private void await() {
    try {
      if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new Busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Busy();
    }
  }

  boolean isOutdated(String hash) {
    return encoder.upgradeEncoding(hash);
  }
}

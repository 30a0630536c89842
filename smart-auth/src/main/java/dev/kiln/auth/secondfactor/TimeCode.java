package dev.kiln.auth.secondfactor;

import dev.samstevens.totp.code.CodeGenerator;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.code.HashingAlgorithm;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.OptionalLong;

/** Codes of six digits that change every thirty seconds (RFC 6238), as all phone apps know them. */
final class TimeCode {

  private static final int SECONDS = 30;
  private static final int DIGITS = 6;

  /** RFC 6238, section 5.2, advises one step for clocks that differ and fingers that are slow. */
  private static final int DRIFT = 1;

  private final CodeGenerator generator = new DefaultCodeGenerator(HashingAlgorithm.SHA1, DIGITS);
  private final Clock clock;

  TimeCode(Clock clock) {
    this.clock = clock;
  }

  /** The time step of which this is the code; empty where it is none of now. */
  OptionalLong step(String secret, String code) {
    long now = clock.instant().getEpochSecond() / SECONDS;
    OptionalLong found = OptionalLong.empty();
    for (long step = now - DRIFT; step <= now + DRIFT; step++) {
      // All are looked at, and each as a whole, so that the time taken tells nothing.
      if (MessageDigest.isEqual(bytes(code(secret, step)), bytes(code))) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private String code(String secret, long step) {
    try {
      return generator.generate(secret, step);
    } catch (CodeGenerationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

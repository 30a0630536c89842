package dev.kiln.testing;

import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import java.time.Instant;

/** The authenticator app. */
public final class Phone {

  private final String secret;

  public Phone(String secret) {
    this.secret = secret.replace(" ", "");
  }

  /**
   * @param later how many steps of thirty seconds from now
   */
  public String code(int later) {
    try {
      return new DefaultCodeGenerator()
          .generate(secret, Instant.now().getEpochSecond() / 30 + later);
    } catch (CodeGenerationException e) {
      throw new IllegalStateException(e);
    }
  }
}

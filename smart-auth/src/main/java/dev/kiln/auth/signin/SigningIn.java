package dev.kiln.auth.signin;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * Somebody whose password was right and who has not come in yet. It lies in the session beside and
 * not in Spring Security's context: there, everybody would take them for signed in.
 *
 * @param account id of the account
 * @param password mark of the password that the account had then; with another one, the steps begin
 *     anew
 * @param factorShown whether the second factor has been shown too
 */
record SigningIn(String account, String password, boolean factorShown, Instant since)
    implements Serializable {

  static final String ATTRIBUTE = "dev.kiln.signing-in";

  private static final Duration LONGEST = Duration.ofMinutes(15);

  boolean isOver() {
    return since.plus(LONGEST).isBefore(Instant.now());
  }

  SigningIn withFactor() {
    return new SigningIn(account, password, true, since);
  }

  SigningIn withPassword(String mark) {
    return new SigningIn(account, mark, factorShown, since);
  }
}

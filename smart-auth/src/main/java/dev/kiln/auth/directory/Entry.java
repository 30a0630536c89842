package dev.kiln.auth.directory;

import dev.kiln.auth.Account;
import java.time.Instant;

/**
 * An account as it stands in the directory.
 *
 * @param email null for none
 * @param mustChangePassword whether somebody else has chosen it
 * @param hasSecondFactor whether a code is asked for after the password
 * @param lastSignIn null where that is not known
 * @param closed null where it is not
 */
public record Entry(
    Account account,
    String login,
    String email,
    State state,
    boolean mustChangePassword,
    boolean hasSecondFactor,
    Instant created,
    Instant lastSignIn,
    Instant closed) {

  /** What hinders its owner, if anything. */
  public enum State {
    ACTIVE,
    /** Nobody has chosen a password for it yet. */
    INVITED,
    /** It must wait, since too many passwords or codes were tried. */
    LOCKED,
    CLOSED
  }

  Entry locked() {
    return new Entry(
        account,
        login,
        email,
        State.LOCKED,
        mustChangePassword,
        hasSecondFactor,
        created,
        lastSignIn,
        closed);
  }
}

package dev.kiln.auth.account;

import java.util.Set;

/**
 * An account that shall be.
 *
 * @param login name to sign in with; upper and lower case are the same
 * @param name as shown to them
 * @param email where invitations go; null for none
 * @param fhirUser for example {@code Patient/1}; null for nobody in the store
 * @param roles names of at least one role
 * @param language of e-mail, for example {@code es}; null for English
 */
public record NewAccount(
    String login, String name, String email, String fhirUser, Set<String> roles, String language) {

  /** Why an account may not be so, in a sentence for its opener. */
  public static final class Wrong extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String component;

    Wrong(String component, String message) {
      super(message);
      this.component = component;
    }

    /** Which component of the record is wrong. */
    public String component() {
      return component;
    }
  }
}

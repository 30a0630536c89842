package dev.kiln.auth.account;

import dev.kiln.auth.Account;

/** Lets people choose their first password themselves, by a link that is e-mailed to them. */
public interface Invitations {

  /** Whether there is an SMTP server to send them by. */
  boolean areSent();

  /**
   * Sends one, in a thread of its own.
   *
   * @throws IllegalStateException where no e-mail can be sent, to anybody or to this account
   */
  void invite(Account account);

  /**
   * Sends a link by which another password is chosen, in a thread of its own.
   *
   * @throws IllegalStateException as above
   */
  void sendReset(Account account);
}

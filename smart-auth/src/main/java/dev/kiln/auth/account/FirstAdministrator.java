package dev.kiln.auth.account;

import dev.kiln.auth.Account;
import java.util.Optional;
import java.util.Set;

/** Lets somebody in where there is nobody yet. */
public final class FirstAdministrator {

  private static final String LOGIN = "admin";

  private final AccountBook accounts;

  FirstAdministrator(AccountBook accounts) {
    this.accounts = accounts;
  }

  /** What is printed once and kept nowhere. */
  public record Credentials(String login, String oneTimePassword) {

    /** The password is for one pair of eyes and no log. */
    @Override
    public String toString() {
      return login;
    }
  }

  /**
   * Opens the account {@code admin}, whose password must be changed at the first sign-in.
   *
   * @return empty where there has ever been an account, unless that is an {@code admin} whom a
   *     crash has left without a password
   */
  public Optional<Credentials> open() {
    Optional<Account> admin =
        accounts.isEmpty() ? Optional.of(account()) : accounts.byLogin(LOGIN).filter(this::isBare);
    return admin.map(account -> new Credentials(LOGIN, accounts.setOneTimePassword(account)));
  }

  private Account account() {
    return accounts.open(
        new NewAccount(LOGIN, "Administrator", null, null, Set.of("administrator"), null));
  }

  private boolean isBare(Account account) {
    return accounts.details(account.id()).filter(details -> !details.hasPassword()).isPresent();
  }
}

package dev.kiln.auth.account;

import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.account.PasswordRules.Fault;
import dev.kiln.auth.secret.Secrets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/** Opens, changes and closes the accounts that are kept here. */
public final class AccountBook implements Accounts {

  /** 100 bits, since it is good for as long as nobody has used it. */
  private static final int ONE_TIME_LETTERS = 20;

  private final AccountTable table;
  private final Roles roles;
  private final Passwords passwords;
  private final PasswordRules rules;

  AccountBook(AccountTable table, Roles roles, Passwords passwords, PasswordRules rules) {
    this.table = table;
    this.roles = roles;
    this.passwords = passwords;
    this.rules = rules;
  }

  /**
   * What is known of an account beside what every part needs.
   *
   * @param hasPassword false until an invitation has been accepted
   * @param mustChangePassword whether somebody else has chosen it
   */
  public record Details(
      String login,
      String email,
      String language,
      boolean hasPassword,
      boolean mustChangePassword) {}

  @Override
  public Optional<Account> byId(String id) {
    return table.byId(id).map(AccountTable.Row::account);
  }

  @Override
  public Ceiling ceiling(Account account) {
    return roles.ceiling(account.roles());
  }

  public Optional<Details> details(String id) {
    return table.byId(id).map(AccountTable.Row::details);
  }

  public Optional<Account> byLogin(String login) {
    return table.byLogin(login).map(AccountTable.Row::account);
  }

  /** Whether the login name is or was somebody's; it is not given again. */
  public boolean isGiven(String login) {
    return table.isGiven(login);
  }

  /** Those that are reached there. */
  public List<Account> byEmail(String email) {
    return table.byEmail(email).stream().map(AccountTable.Row::account).toList();
  }

  /**
   * Opens an account without a password; nobody can sign in with it before one is set.
   *
   * @throws IllegalArgumentException where it may not be so, in a sentence for its opener
   */
  public Account open(NewAccount wanted) {
    return open(UUID.randomUUID(), wanted);
  }

  /** The same under an id that is known before, so that it can be noted what is about to be. */
  public Account open(UUID id, NewAccount wanted) {
    check(wanted);
    try {
      table.insert(id, wanted);
    } catch (DuplicateKeyException e) {
      throw new NewAccount.Wrong(
          "login",
          "That login name has been given already, and that of a closed account is not given again.");
    }
    return byId(id.toString()).orElseThrow();
  }

  /**
   * Whether it could be opened, but for its login name.
   *
   * @throws NewAccount.Wrong where it may not be so
   */
  public void check(NewAccount wanted) {
    AccountRules.check(wanted, roles);
  }

  /** What is wrong with a password that an account would have; empty where nothing is. */
  public Optional<Fault> fault(Account account, String password) {
    AccountTable.Row row = table.byId(account.id()).orElseThrow();
    return rules
        .fault(password, row.details().login())
        .or(
            () ->
                row.hash() != null && passwords.matches(password, row.hash())
                    ? Optional.of(Fault.UNCHANGED)
                    : Optional.empty());
  }

  /** Empty where the password has been set. */
  public Optional<Fault> setPassword(Account account, String password) {
    Optional<Fault> fault = fault(account, password);
    if (fault.isEmpty()) {
      table.password(account.id(), passwords.hash(password), false);
    }
    return fault;
  }

  /**
   * Sets one of chance, which must be changed at the next sign-in.
   *
   * @return the password, which is kept nowhere
   */
  public String setOneTimePassword(Account account) {
    String password = Secrets.readable(ONE_TIME_LETTERS);
    table.password(account.id(), passwords.hash(password), true);
    return password;
  }

  /**
   * Hands the account out anew, to somebody who has lost what they sign in with: ends its sessions,
   * removes its second factor, and sets a password as above.
   *
   * @return the password, which is kept nowhere
   */
  public String reset(Account account) {
    String password = Secrets.readable(ONE_TIME_LETTERS);
    table.reset(account.id(), passwords.hash(password));
    return password;
  }

  /**
   * Voids the password and ends the sessions of an account whose owner has lost the password or
   * shares it with somebody. The second factor stays, so that whoever is handed the new password by
   * mistake is not in yet.
   *
   * @return the new password as above
   */
  public String replacePassword(Account account) {
    String password = Secrets.readable(ONE_TIME_LETTERS);
    table.replacePassword(account.id(), passwords.hash(password));
    return password;
  }

  /**
   * The account of that name and password. It takes as long where there is none, or none with a
   * password.
   */
  public Optional<Account> check(String login, String password) {
    Optional<AccountTable.Row> row = table.byLogin(login);
    if (!passwords.matches(password, row.map(AccountTable.Row::hash).orElse(null))) {
      return Optional.empty();
    }
    if (passwords.isOutdated(row.orElseThrow().hash())) {
      table.password(
          row.get().account().id(),
          passwords.hash(password),
          row.get().details().mustChangePassword());
    }
    return row.map(AccountTable.Row::account);
  }

  public boolean hasPassword(Account account, String password) {
    return passwords.matches(
        password, table.byId(account.id()).map(AccountTable.Row::hash).orElse(null));
  }

  /** Tells nothing of the password, and is another one as soon as that is. */
  public String passwordMark(Account account) {
    String hash = table.byId(account.id()).map(AccountTable.Row::hash).orElse(null);
    return hash == null ? "" : Base64.getEncoder().encodeToString(Secrets.hash(hash));
  }

  public void setLanguage(Account account, String language) {
    table.language(account.id(), language);
  }

  /** Notes that its owner has been let in. */
  public void signedIn(Account account) {
    table.signedIn(account.id());
  }

  /** Nobody signs in with it any more, and nothing that it has let in is let in any more. */
  public void close(Account account) {
    table.close(account.id());
  }

  boolean isEmpty() {
    return table.isEmpty();
  }
}

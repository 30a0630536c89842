package dev.kiln.auth.mail;

import dev.kiln.auth.Account;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.AuthSettings;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.Invitations;
import dev.kiln.auth.account.PasswordRules.Fault;
import dev.kiln.auth.post.OutgoingMail;
import dev.kiln.auth.secret.Secrets;
import dev.kiln.auth.signin.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.mail.MailException;

/**
 * Sends links and takes them back. A link works once and not for long; only its digest is kept. It
 * is sent by a thread of its own, so that whoever asks waits as long for an account that is there
 * as for one that is not.
 */
public final class MailedLinks implements Invitations, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MailedLinks.class);

  private final AccountBook accounts;
  private final LinkTable table;
  private final Sessions sessions;
  private final ConnectedApps apps;
  private final OutgoingMail postman;
  private final ThreadPoolExecutor thread;
  private final MessageSource messages;
  private final AuthAddresses addresses;
  private final AuthSettings.Mail settings;

  MailedLinks(
      AccountBook accounts,
      LinkTable table,
      Sessions sessions,
      ConnectedApps apps,
      OutgoingMail postman,
      ThreadPoolExecutor thread,
      MessageSource messages,
      AuthAddresses addresses,
      AuthSettings.Mail settings) {
    this.accounts = accounts;
    this.table = table;
    this.sessions = sessions;
    this.apps = apps;
    this.postman = postman;
    this.thread = thread;
    this.messages = messages;
    this.addresses = addresses;
    this.settings = settings;
  }

  @Override
  public boolean areSent() {
    return postman.isPossible();
  }

  @Override
  public void invite(Account account) {
    demandAddress(account);
    later(() -> send(account, Purpose.INVITATION, settings.invitationLife()));
  }

  @Override
  public void sendReset(Account account) {
    demandAddress(account);
    later(() -> send(account, Purpose.RESET, settings.resetLife()));
  }

  private void demandAddress(Account account) {
    if (!postman.isPossible() || accounts.details(account.id()).orElseThrow().email() == null) {
      throw new IllegalStateException("There is no SMTP server, or the account has no address.");
    }
  }

  /** Sends links to whoever that is, if anybody. */
  void forgotten(String loginOrEmail) {
    later(
        () -> {
          List<Account> found =
              accounts
                  .byLogin(loginOrEmail)
                  .map(List::of)
                  .orElseGet(() -> accounts.byEmail(loginOrEmail.strip()));
          found.forEach(account -> send(account, Purpose.RESET, settings.resetLife()));
        });
  }

  Optional<Account> account(Purpose purpose, String token) {
    return table.account(Secrets.hash(token), purpose).flatMap(accounts::byId);
  }

  /**
   * Sets the password, and ends all sessions of the account and all that apps hold: who has lost a
   * password may have lost it to somebody, who may have let in an app to come back by.
   *
   * @return empty where it has been set
   * @throws IllegalArgumentException where the link does not work any more
   */
  Optional<Fault> choose(Purpose purpose, String token, String password) {
    Account account =
        account(purpose, token).orElseThrow(() -> new IllegalArgumentException("No such link"));
    Optional<Fault> fault = accounts.fault(account, password);
    if (fault.isPresent()) {
      return fault;
    }
    if (!table.use(Secrets.hash(token), account.id())) {
      throw new IllegalArgumentException("No such link");
    }
    accounts.setPassword(account, password);
    sessions.endAll(account);
    apps.revokeAll(account);
    return Optional.empty();
  }

  private void send(Account account, Purpose purpose, Duration life) {
    AccountBook.Details details = accounts.details(account.id()).orElseThrow();
    if (!postman.isPossible() || details.email() == null) {
      return;
    }
    String token = Secrets.random();
    table.insert(Secrets.hash(token), account.id(), purpose, life);
    Locale language =
        details.language() == null ? Locale.ENGLISH : Locale.forLanguageTag(details.language());
    String link = addresses.issuer() + "/" + purpose.word() + "/" + token;
    String key = "mail." + purpose.word();
    Object[] arguments = {account.name(), details.login(), link, spoken(life, language)};
    postman.send(
        details.email(),
        messages.getMessage(key + ".subject", arguments, language),
        messages.getMessage(key + ".text", arguments, language));
  }

  private String spoken(Duration life, Locale language) {
    boolean isDays = life.toHours() >= 48;
    boolean isHours = life.toMinutes() >= 120;
    long count = isDays ? life.toDays() : isHours ? life.toHours() : life.toMinutes();
    String key = isDays ? "mail.days" : isHours ? "mail.hours" : "mail.minutes";
    return messages.getMessage(key, new Object[] {count}, language);
  }

  /** What waits is still sent; Spring calls this at the end. */
  @Override
  public void close() {
    thread.shutdown();
  }

  private void later(Runnable work) {
    try {
      thread.execute(
          () -> {
            try {
              work.run();
            } catch (MailException | DataAccessException e) {
              // Its message can quote the address.
              log.warn("An e-mail could not be sent: {}", e.getClass().getSimpleName());
            }
          });
    } catch (RejectedExecutionException e) {
      log.warn("An e-mail could not be sent: too many wait already");
    }
  }
}

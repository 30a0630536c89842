package dev.kiln.auth.directory;

import dev.kiln.auth.Account;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.NewAccount;
import dev.kiln.auth.account.Roles;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.directory.Entry.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What those who look after accounts see of them and do to them. They do nothing to themselves by
 * which they would lock themselves out, so that there is always one left.
 */
public final class AccountDirectory {

  /** The right of those who look after accounts. */
  public static final String MANAGE = "account.manage";

  /** So many are looked at together for those that must wait, which are few. */
  private static final int BATCH = 500;

  private final DirectoryTable table;
  private final AuthDatabase database;
  private final AccountBook accounts;
  private final Roles roles;
  private final SignInLocks locks;
  private final ConnectedApps apps;

  AccountDirectory(
      AuthDatabase database,
      AccountBook accounts,
      Roles roles,
      SignInLocks locks,
      ConnectedApps apps) {
    this.table = new DirectoryTable(database.jdbc());
    this.database = database;
    this.accounts = accounts;
    this.roles = roles;
    this.locks = locks;
    this.apps = apps;
  }

  /**
   * Which accounts are looked for.
   *
   * @param name part of the name, login name or e-mail address; null for any
   * @param role null for any
   * @param states one of which they have
   */
  public record Search(String name, String role, Set<State> states) {}

  /**
   * Some of the accounts that were looked for, in the order of their names.
   *
   * @param next id after which the others follow; null where there are none
   */
  public record Page(List<Entry> entries, String next) {}

  /** What those who look after accounts may not do, in a sentence for them. */
  public static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private Refused(String message) {
      super(message);
    }
  }

  /**
   * @param after id of the account before the first; null for the first of all
   * @param count at most so many
   */
  public Page find(Search search, UUID after, int count) {
    Set<State> kept = EnumSet.noneOf(State.class);
    kept.addAll(search.states());
    if (kept.contains(State.LOCKED)) {
      kept.add(State.ACTIVE);
    }
    List<Entry> found = new ArrayList<>();
    UUID from = after;
    int batch = Math.max(BATCH, count + 1);
    while (true) {
      List<Entry> next = table.find(search.name(), search.role(), kept, from, batch);
      told(next).stream().filter(one -> search.states().contains(one.state())).forEach(found::add);
      if (found.size() > count) {
        List<Entry> page = List.copyOf(found.subList(0, count));
        return new Page(page, page.get(count - 1).account().id());
      }
      if (next.size() < batch) {
        return new Page(List.copyOf(found), null);
      }
      from = UUID.fromString(next.get(next.size() - 1).account().id());
    }
  }

  /** Empty where there is none and never was. */
  public Optional<Entry> byId(UUID id) {
    return told(table.byId(id)).stream().findFirst();
  }

  private List<Entry> told(List<Entry> entries) {
    Set<String> locked =
        locks.locked(
            entries.stream()
                .filter(one -> one.state() == State.ACTIVE)
                .collect(Collectors.toMap(one -> one.account().id(), Entry::login)));
    return entries.stream()
        .map(one -> locked.contains(one.account().id()) ? one.locked() : one)
        .toList();
  }

  /**
   * Whether these roles may be given.
   *
   * @param by id of the account that does so
   * @throws dev.kiln.auth.account.NewAccount.Wrong where the account may not have them
   * @throws Refused where whoever does so could not take it back
   */
  public void checkRoles(String by, Entry entry, Set<String> wanted) {
    roles.check(wanted, entry.account().fhirUser());
    if (isOneself(by, entry) && wanted.stream().noneMatch(roles.allowing(MANAGE)::contains)) {
      throw new Refused("Nobody takes from themselves the role by which they look after accounts.");
    }
  }

  /**
   * Gives an account these roles and no others. What it loses is lost to its apps at once. Where a
   * new one demands a second factor that the account has not got, it is signed out, since only at a
   * sign-in is one set up.
   *
   * @throws Refused as above, and where whoever does so may not any more
   */
  public void changeRoles(String by, Entry entry, Set<String> wanted) {
    checkRoles(by, entry, wanted);
    lookingAfter(
        by,
        () -> {
          table.roles(id(entry), wanted);
          if (roles.wantSecondFactor(wanted) && !entry.hasSecondFactor()) {
            signOut(entry);
          }
          return entry;
        });
  }

  /**
   * Opens an account.
   *
   * @param by id of the account that does so
   * @throws dev.kiln.auth.account.NewAccount.Wrong where it may not be so
   * @throws Refused as above
   */
  public Account open(String by, UUID id, NewAccount wanted) {
    return lookingAfter(by, () -> accounts.open(id, wanted));
  }

  /**
   * Nobody signs in with it any more, and nothing that it has let in is let in any more.
   *
   * @throws Refused as above
   */
  public void close(String by, Entry entry) {
    refuseOneself(by, entry);
    lookingAfter(
        by,
        () -> {
          accounts.close(entry.account());
          apps.revokeAll(entry.account());
          return entry;
        });
  }

  /**
   * Voids the password, and ends all sessions and all that apps hold.
   *
   * @return a password for one sign-in, which is kept nowhere
   * @throws Refused as above
   */
  public String replacePassword(String by, Entry entry) {
    refuseOneself(by, entry);
    return lookingAfter(
        by,
        () -> {
          apps.revokeAll(entry.account());
          return accounts.replacePassword(entry.account());
        });
  }

  /**
   * For somebody who has lost the phone and the recovery codes. Ends the sessions and what apps
   * hold.
   *
   * @throws Refused as above
   */
  public void removeSecondFactor(String by, Entry entry) {
    refuseOneself(by, entry);
    lookingAfter(
        by,
        () -> {
          table.removeSecondFactor(id(entry));
          apps.revokeAll(entry.account());
          return entry;
        });
  }

  /** Ends all sessions and all that apps hold. */
  public void signOut(Entry entry) {
    table.endSessions(id(entry));
    apps.revokeAll(entry.account());
  }

  /** Lets somebody try at once whom others have kept out by guessing. */
  public void unlock(Entry entry) {
    locks.unlock(entry.account().id(), entry.login());
  }

  /**
   * An open page of theirs must not be enough to take their account over, so that it is changed
   * where the password is asked for.
   *
   * @throws Refused where they are the same
   */
  public void refuseOneself(String by, Entry entry) {
    if (isOneself(by, entry)) {
      throw new Refused(
          "One's own account is looked after at /account, and closed by somebody else.");
    }
  }

  private static boolean isOneself(String by, Entry entry) {
    return entry.account().id().equals(by);
  }

  /**
   * Two who close each other at the same moment would leave nobody, and who has lost the role
   * meanwhile must not use it once more.
   */
  private <T> T lookingAfter(String by, Supplier<T> change) {
    return database
        .transactions()
        .execute(
            transaction -> {
              if (!table.lock(roles.allowing(MANAGE)).contains(by)) {
                throw new Refused("This account does not look after accounts.");
              }
              return change.get();
            });
  }

  private static UUID id(Entry entry) {
    return UUID.fromString(entry.account().id());
  }
}

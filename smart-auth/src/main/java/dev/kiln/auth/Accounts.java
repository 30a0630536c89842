package dev.kiln.auth;

import java.util.Optional;
import java.util.Set;

/** Who may sign in, and what they may let an app do at most. */
public interface Accounts {

  /** Empty also where the account has been closed. */
  Optional<Account> byId(String id);

  /** What the roles of an account allow at most; an app is granted no scope that none covers. */
  Ceiling ceiling(Account account);

  /**
   * @param rights to what concerns no resources, such as {@code message.read}
   */
  record Ceiling(Set<SmartScope> resources, Set<String> rights) {}
}

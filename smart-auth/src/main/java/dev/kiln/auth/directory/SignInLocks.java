package dev.kiln.auth.directory;

import java.util.Map;
import java.util.Set;

/** Accounts that must wait since somebody has tried too many passwords or codes. */
public interface SignInLocks {

  /**
   * Which of them must wait now.
   *
   * @param logins login names by the accounts' ids
   * @return ids
   */
  Set<String> locked(Map<String, String> logins);

  /** Lets it be tried at once. */
  void unlock(String account, String login);
}

package dev.kiln.auth.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The sessions in which people are signed in. Tokens granted by {@code online_access} end with the
 * session in which they were granted.
 */
public interface SignInSessions {

  /**
   * A name of the request's session that stays the same as long as the session lives, also where
   * the session's id is changed; not the id itself, which is a secret. Empty where there is none.
   */
  Optional<String> name(HttpServletRequest request);

  /**
   * Whether the account is still signed in there.
   *
   * @param account its id
   */
  boolean isAlive(String account, String name);
}

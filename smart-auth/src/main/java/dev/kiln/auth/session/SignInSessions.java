package dev.kiln.auth.session;

import dev.kiln.auth.secret.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.session.FindByIndexNameSessionRepository;

/**
 * The sessions in which people are signed in, by names that tokens can be bound to. Tokens granted
 * by {@code online_access} end with the session in which they were granted. The name is an
 * attribute of the session, so that it ends with it, wherever and however that happens.
 */
public final class SignInSessions {

  private static final String ATTRIBUTE = "dev.kiln.auth.session-name";

  private final FindByIndexNameSessionRepository<?> repository;

  SignInSessions(FindByIndexNameSessionRepository<?> repository) {
    this.repository = repository;
  }

  /**
   * A name of the request's session that stays the same as long as the session lives, also where
   * the session's id is changed; not the id itself, which is a secret. Empty where there is none.
   */
  public Optional<String> name(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return Optional.empty();
    }
    if (!(session.getAttribute(ATTRIBUTE) instanceof String)) {
      session.setAttribute(ATTRIBUTE, Secrets.random());
    }
    return Optional.of((String) session.getAttribute(ATTRIBUTE));
  }

  /**
   * Whether the account is still signed in there.
   *
   * @param account its id
   */
  public boolean isAlive(String account, String name) {
    return repository.findByPrincipalName(account).values().stream()
        .filter(session -> !session.isExpired())
        .anyMatch(session -> name.equals(session.getAttribute(ATTRIBUTE)));
  }
}

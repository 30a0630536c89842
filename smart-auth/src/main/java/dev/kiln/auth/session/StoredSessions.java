package dev.kiln.auth.session;

import dev.kiln.auth.database.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.session.FindByIndexNameSessionRepository;

/**
 * Sessions in a repository that all processes share. The name is an attribute of the session, so
 * that it ends with it, wherever and however that happens.
 */
final class StoredSessions implements SignInSessions {

  private static final String ATTRIBUTE = "dev.kiln.auth.session-name";

  private final FindByIndexNameSessionRepository<?> repository;

  StoredSessions(FindByIndexNameSessionRepository<?> repository) {
    this.repository = repository;
  }

  @Override
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

  @Override
  public boolean isAlive(String account, String name) {
    return repository.findByPrincipalName(account).values().stream()
        .filter(session -> !session.isExpired())
        .anyMatch(session -> name.equals(session.getAttribute(ATTRIBUTE)));
  }
}

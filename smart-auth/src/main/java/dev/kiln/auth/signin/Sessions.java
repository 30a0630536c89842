package dev.kiln.auth.signin;

import dev.kiln.auth.Account;
import dev.kiln.auth.secret.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/** Where somebody is signed in. */
public final class Sessions {

  static final String BROWSER = "dev.kiln.browser";
  static final String ADDRESS = "dev.kiln.address";
  static final String SINCE = "dev.kiln.since";

  private final FindByIndexNameSessionRepository<? extends Session> repository;

  Sessions(FindByIndexNameSessionRepository<? extends Session> repository) {
    this.repository = repository;
  }

  /**
   * @param key names the session on a page; it is no way into it
   * @param isThis whether it is the one that asks
   */
  public record Live(
      String key,
      String browser,
      String address,
      Instant since,
      Instant lastSeen,
      boolean isThis) {}

  /** The latest seen first. */
  public List<Live> of(Account account, HttpServletRequest request) {
    String current = request.getSession().getId();
    return all(account).stream()
        .map(
            session ->
                new Live(
                    key(session),
                    session.getAttributeOrDefault(BROWSER, ""),
                    session.getAttributeOrDefault(ADDRESS, ""),
                    session.getAttributeOrDefault(SINCE, session.getCreationTime()),
                    session.getLastAccessedTime(),
                    session.getId().equals(current)))
        .sorted(Comparator.comparing(Live::isThis).thenComparing(Live::lastSeen).reversed())
        .toList();
  }

  public void end(Account account, String key) {
    end(account, (Session session) -> key(session).equals(key));
  }

  public void endAll(Account account) {
    end(account, (Session session) -> true);
  }

  public void endOthers(Account account, HttpServletRequest request) {
    String current = request.getSession().getId();
    end(account, (Session session) -> !session.getId().equals(current));
  }

  private void end(Account account, Predicate<Session> which) {
    all(account).stream().filter(which).map(Session::getId).forEach(repository::deleteById);
  }

  private Collection<? extends Session> all(Account account) {
    return repository.findByPrincipalName(account.id()).values();
  }

  private static String key(Session session) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Secrets.hash("session " + session.getId()));
  }
}

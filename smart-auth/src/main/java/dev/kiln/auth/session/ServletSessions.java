package dev.kiln.auth.session;

import dev.kiln.auth.database.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of the servlet container. They live in this process; after a restart none is alive, and
 * what was bound to one has ended.
 */
final class ServletSessions implements SignInSessions {

  private static final String ATTRIBUTE = ServletSessions.class.getName();

  private final Set<String> alive = ConcurrentHashMap.newKeySet();

  /** Told by the container when the session ends, however it ends. */
  private record Mark(String name, Set<String> alive) implements HttpSessionBindingListener {

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
      alive.remove(name);
    }
  }

  @Override
  public Optional<String> name(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return Optional.empty();
    }
    synchronized (this) {
      if (session.getAttribute(ATTRIBUTE) instanceof Mark mark) {
        return Optional.of(mark.name());
      }
      String name = Secrets.random();
      alive.add(name);
      session.setAttribute(ATTRIBUTE, new Mark(name, alive));
      return Optional.of(name);
    }
  }

  @Override
  public boolean isAlive(String account, String name) {
    return alive.contains(name);
  }
}

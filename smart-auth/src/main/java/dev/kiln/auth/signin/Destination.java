package dev.kiln.auth.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/**
 * Where somebody goes once they are in: back to what they were sent away from, where that is one of
 * a few pages, and else to their account. No address comes from the outside.
 */
final class Destination {

  private static final String AT_HOME = "/account";

  private static final Set<String> ALLOWED =
      Set.of(
          "/oauth2/authorize",
          "/consent",
          "/choose-patient",
          AT_HOME,
          "/account/apps",
          "/account/password",
          "/account/second-factor",
          "/account/sessions");

  private final RequestCache cache;

  Destination(RequestCache cache) {
    this.cache = cache;
  }

  /** A path with its query; asked again, it is home. */
  String take(HttpServletRequest request, HttpServletResponse response) {
    SavedRequest saved = cache.getRequest(request, response);
    cache.removeRequest(request, response);
    if (saved instanceof DefaultSavedRequest known
        && known.getMethod().equals("GET")
        && ALLOWED.contains(known.getRequestURI())) {
      String query = known.getQueryString();
      return known.getRequestURI() + (query == null ? "" : "?" + query);
    }
    return AT_HOME;
  }
}

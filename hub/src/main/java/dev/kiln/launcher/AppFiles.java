package dev.kiln.launcher;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves the pages of Kiln's own apps, which the jar brings as files. An app has one page, and
 * finds its way below its address by itself.
 */
final class AppFiles extends OncePerRequestFilter {

  /** Scripts and styles of its own only, and nothing sent elsewhere. */
  private static final String CONTENT =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
          + " 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private static final String ASSETS = "/apps/assets/";
  private static final String LAUNCHER = "/apps/launcher/index.html";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI base;

  /**
   * @param base address by which people reach the hub
   */
  AppFiles(URI base) {
    this.base = base;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    response.setHeader("Content-Security-Policy", CONTENT);
    if (path.startsWith(ASSETS)) {
      // Their names change with their content; what is not there may come with the next release.
      boolean isThere = AppFiles.class.getResource("/META-INF/resources" + path) != null;
      response.setHeader(
          "Cache-Control", isThere ? "public, max-age=31536000, immutable" : "no-store");
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Cache-Control", "no-cache");
    if (isByAnotherName(request)) {
      String query = request.getQueryString();
      response.sendRedirect(base + path + (query == null ? "" : "?" + query));
    } else if (path.equals("/")) {
      request.getRequestDispatcher(LAUNCHER).forward(request, response);
    } else if (path.matches("/apps/[a-z]+")) {
      // Without its stroke, what the page names relatively would be sought beside it.
      response.sendRedirect(path + "/");
    } else if (path.matches("/apps/[a-z]+/.*") && !path.substring(6).contains(".")) {
      String app = path.substring(6, path.indexOf('/', 6));
      request.getRequestDispatcher("/apps/" + app + "/index.html").forward(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * This machine has several names, and an app may talk to the one only that its page came from. Of
   * other names nothing is said: a proxy may have its own for the hub.
   */
  private boolean isByAnotherName(HttpServletRequest request) {
    return LOOPBACK.contains(base.getHost())
        && LOOPBACK.contains(request.getServerName())
        && !base.getHost().equals(request.getServerName());
  }
}

package dev.kiln.auth.sessionstore;

import dev.kiln.auth.secret.SealingKey;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The session's cookie. It carries a signature, so that whoever reads the sessions' ids in the
 * database, or in a backup of it, has none that would be taken.
 */
final class SignedCookie implements CookieSerializer {

  static final String NAME = "KILN_SESSION";

  private final DefaultCookieSerializer cookie = new DefaultCookieSerializer();
  private final SealingKey key;

  SignedCookie(SealingKey key) {
    this.key = key;
    cookie.setCookieName(NAME);
    cookie.setCookiePath("/");
    cookie.setUseHttpOnlyCookie(true);
    cookie.setUseBase64Encoding(false);
    // Lax and not Strict: an app sends people here by a link, and they are to be known then.
    cookie.setSameSite("Lax");
  }

  @Override
  public void writeCookieValue(CookieValue value) {
    String id = value.getCookieValue();
    cookie.writeCookieValue(
        new CookieValue(
            value.getRequest(), value.getResponse(), id.isEmpty() ? id : id + "." + signature(id)));
  }

  @Override
  public List<String> readCookieValues(HttpServletRequest request) {
    return cookie.readCookieValues(request).stream()
        .map(this::id)
        .filter(Objects::nonNull)
        .toList();
  }

  private String id(String signed) {
    int dot = signed.indexOf('.');
    if (dot < 0) {
      return null;
    }
    String id = signed.substring(0, dot);
    boolean isOurs =
        MessageDigest.isEqual(
            signature(id).getBytes(StandardCharsets.US_ASCII),
            signed.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
    return isOurs ? id : null;
  }

  private String signature(String id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign("session " + id));
  }
}

package dev.kiln.auth.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * The language of pages: the one that was chosen, or else the first of the browser's that we know.
 */
final class Language implements LocaleResolver {

  static final List<Locale> KNOWN = List.of(Locale.ENGLISH, Locale.forLanguageTag("es"));

  private static final String COOKIE = "KILN_LANGUAGE";
  private static final String CHOSEN = "dev.kiln.language";

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    Object chosen = request.getAttribute(CHOSEN);
    if (chosen != null) {
      return (Locale) chosen;
    }
    Cookie cookie = WebUtils.getCookie(request, COOKIE);
    if (cookie != null) {
      Locale wanted = Locale.forLanguageTag(cookie.getValue());
      if (KNOWN.contains(wanted)) {
        return wanted;
      }
    }
    return Collections.list(request.getLocales()).stream()
        .map(locale -> Locale.forLanguageTag(locale.getLanguage()))
        .filter(KNOWN::contains)
        .findFirst()
        .orElse(KNOWN.get(0));
  }

  @Override
  public void setLocale(HttpServletRequest request, HttpServletResponse response, Locale locale) {
    request.setAttribute(CHOSEN, locale);
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(COOKIE, locale.toLanguageTag())
            .path("/")
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Lax")
            .maxAge(Duration.ofDays(365))
            .build()
            .toString());
  }
}

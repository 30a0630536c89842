package dev.kiln.auth.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What every page has around it, also one that tells of an error, wherever that happened: its
 * language, the way to the other one, and what it may load.
 */
final class Frame implements HandlerInterceptor {

  /**
   * No script at all, and nothing from elsewhere. There is no form-action in it: browsers apply it
   * to where a form's answer redirects to as well, and that is the app.
   */
  private static final String CONTENT =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none';"
          + " frame-ancestors 'none'";

  private static final String PARAMETER = "language";

  private final LocaleResolver language;

  Frame(LocaleResolver language) {
    this.language = language;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    response.setHeader("Content-Security-Policy", CONTENT);
    String wanted = request.getParameter(PARAMETER);
    if (wanted != null && request.getMethod().equals("GET")) {
      Locale locale = Locale.forLanguageTag(wanted);
      if (Language.KNOWN.contains(locale)) {
        language.setLocale(request, response, locale);
        LocaleContextHolder.setLocale(locale);
      }
    }
    return true;
  }

  @Override
  public void postHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler, ModelAndView page) {
    if (page == null || page.getViewName() == null || page.getViewName().startsWith("redirect:")) {
      return;
    }
    Locale current = language.resolveLocale(request);
    Locale other =
        Language.KNOWN.stream().filter(locale -> !locale.equals(current)).findFirst().orElseThrow();
    page.addObject("language", current.toLanguageTag());
    page.addObject("otherLanguage", other.toLanguageTag());
    page.addObject("otherLanguageName", StringUtils.capitalize(other.getDisplayLanguage(other)));
    page.addObject("otherLanguageLink", link(request, other));
    page.addObject("zone", ZoneId.systemDefault());
    page.addObject("isHere", request.getRequestURI());
  }

  /** The same page with the same query; only a path, whatever the Host header says. */
  private static String link(HttpServletRequest request, Locale other) {
    return UriComponentsBuilder.newInstance()
        .path(request.getRequestURI())
        .query(request.getMethod().equals("GET") ? request.getQueryString() : null)
        .replaceQueryParam(PARAMETER, other.toLanguageTag())
        .build()
        .toUriString();
  }
}

package dev.kiln.auth.consent;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/** A request with the fields of another form, to be forwarded. */
final class ForwardedForm extends HttpServletRequestWrapper {

  private final Map<String, String[]> form;

  ForwardedForm(HttpServletRequest request, Map<String, String[]> form) {
    super(request);
    this.form = form;
  }

  @Override
  public String getParameter(String name) {
    String[] values = form.get(name);
    return values == null || values.length == 0 ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    return form.get(name);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return form;
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(form.keySet());
  }

  @Override
  public String getMethod() {
    return "POST";
  }

  @Override
  public String getQueryString() {
    return null;
  }
}

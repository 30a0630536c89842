package dev.kiln.testing;

import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with cookies, who fills in forms and follows no redirect unasked. */
public final class Person {

  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private final String base;
  private final Http http = new Http();
  private String csrf = "";

  public Person(String base) {
    this.base = base;
  }

  /** The same browser, for what is no page. */
  public Http http() {
    return http;
  }

  public HttpResponse<String> get(String path, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Accept";
    all[headers.length + 1] = "text/html";
    return read(http.get(url(path), all));
  }

  /** Pairs of a field's name and its value; what the last page's form has hidden goes along. */
  public HttpResponse<String> post(String path, String... fields) {
    Map<String, List<String>> form = new LinkedHashMap<>();
    form.computeIfAbsent("_csrf", name -> new ArrayList<>()).add(csrf);
    for (int i = 0; i < fields.length; i += 2) {
      form.computeIfAbsent(fields[i], name -> new ArrayList<>()).add(fields[i + 1]);
    }
    return read(http.post(url(path), form, "Accept", "text/html"));
  }

  /** Where it leads in the end. */
  public HttpResponse<String> follow(HttpResponse<String> response) {
    HttpResponse<String> next = response;
    while (next.statusCode() / 100 == 3) {
      next = get(location(next));
    }
    return next;
  }

  public static String location(HttpResponse<String> response) {
    return response.headers().firstValue("Location").orElse("");
  }

  public HttpResponse<String> signIn(String login, String password) {
    get("/sign-in");
    return post("/sign-in", "login", login, "password", password);
  }

  public Optional<HttpCookie> session() {
    return http.cookie("KILN_SESSION");
  }

  public void setSession(String value) {
    HttpCookie cookie = session().orElseThrow();
    cookie.setValue(value);
  }

  public boolean isIn() {
    return get("/account").statusCode() == 200;
  }

  private HttpResponse<String> read(Http.Answer answer) {
    HttpResponse<String> response = answer.response();
    Matcher found = CSRF.matcher(response.body());
    if (found.find()) {
      csrf = found.group(1);
    }
    return response;
  }

  private String url(String path) {
    return path.startsWith("http") ? path : base + path;
  }

  public static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

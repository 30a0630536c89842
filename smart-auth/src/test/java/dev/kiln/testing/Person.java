package dev.kiln.pages;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with cookies, who fills in forms and follows no redirect unasked. */
public final class Person {

  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private final String base;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private String csrf = "";

  public Person(String base) {
    this.base = base;
  }

  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("Accept", "text/html");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** Pairs of a field's name and its value; what the last page's form has hidden goes along. */
  public HttpResponse<String> post(String path, String... fields) {
    StringBuilder body = new StringBuilder("_csrf=" + escaped(csrf));
    for (int i = 0; i < fields.length; i += 2) {
      body.append('&').append(escaped(fields[i])).append('=').append(escaped(fields[i + 1]));
    }
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
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
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("KILN_SESSION"))
        .findFirst();
  }

  public void setSession(String value) {
    HttpCookie cookie = session().orElseThrow();
    cookie.setValue(value);
  }

  public boolean isIn() {
    return get("/account").statusCode() == 200;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      Matcher found = CSRF.matcher(response.body());
      if (found.find()) {
        csrf = found.group(1);
      }
      return response;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private URI uri(String path) {
    return URI.create(path.startsWith("http") ? path : base + path);
  }

  public static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

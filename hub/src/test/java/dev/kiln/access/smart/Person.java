package dev.kiln.access.smart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** Somebody with an account and a browser, who reads the hub's pages and sends their forms. */
public final class Person {

  private static final String PASSWORD = "correct horse battery staple";
  private static final String SET_UP = "/second-factor/set-up";
  private static final Pattern SECRET = Pattern.compile("data-testid=\"secret\">([A-Z2-7 ]+)<");
  private static final Pattern ONWARD = Pattern.compile("data-testid=\"onward\" href=\"([^\"]+)\"");
  private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"");

  private final RunningHub hub = RunningHub.get();
  private final HttpClient browser =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
          .build();
  private final String login;
  private String page = "";

  private Person(String login) {
    this.login = login;
  }

  /** Opens the account as the operator's command line does. */
  public static Person with(String role, String fhirUser) {
    String login = role + "-" + UUID.randomUUID();
    ObjectNode wanted =
        new ObjectMapper()
            .createObjectNode()
            .put("login", login)
            .put("name", "Ana Okafor")
            .put("role", role)
            .put("fhirUser", fhirUser)
            .put("password", PASSWORD);
    Answer opened = RunningHub.get().http().post("/operator/accounts", wanted.toString(), JSON);
    assertThat(opened.status()).as(opened.text()).isEqualTo(200);
    return new Person(login);
  }

  public static final String[] JSON = {"Content-Type", "application/json"};

  public String login() {
    return login;
  }

  public String password() {
    return PASSWORD;
  }

  /**
   * Goes to an address of the hub, and on to where it leads.
   *
   * @return where that ends: at a page of the hub, which stays before the person, or at the app
   */
  public String open(String address) {
    return walk(HttpRequest.newBuilder(URI.create(absolute(address))).GET());
  }

  /** Sends a form of the page, with what is hidden in it. */
  String send(String path, Map<String, ? extends Collection<String>> fields) {
    Map<String, Collection<String>> form = new LinkedHashMap<>();
    form.put("_csrf", values("_csrf"));
    form.put("state", values("state"));
    form.putAll(fields);
    return walk(
        HttpRequest.newBuilder(URI.create(absolute(path)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form))));
  }

  /** Follows a link, and signs in where that is asked for. */
  public String signIn(String link) {
    String at = open(link);
    if (at.contains("/sign-in")) {
      at = send("/sign-in", Map.of("login", List.of(login), "password", List.of(PASSWORD)));
    }
    return at.contains(SET_UP) ? setUpSecondFactor() : at;
  }

  /** Tries to sign in with a password that is not theirs. */
  public void guess(String password) {
    open("/sign-in");
    assertThat(
            sent(HttpRequest.newBuilder(URI.create(absolute("/sign-in")))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            encoded(
                                Map.of(
                                    "_csrf", values("_csrf"),
                                    "login", List.of(login),
                                    "password", List.of(password))))))
                .statusCode())
        .isEqualTo(401);
  }

  /** As roles demand it that could do much. */
  private String setUpSecondFactor() {
    Matcher secret = SECRET.matcher(page);
    assertThat(secret.find()).as(page).isTrue();
    try {
      String code =
          new DefaultCodeGenerator()
              .generate(
                  secret.group(1).replace(" ", ""),
                  Math.floorDiv(Instant.now().getEpochSecond(), 30));
      send(SET_UP, Map.of("code", List.of(code)));
    } catch (CodeGenerationException e) {
      throw new IllegalStateException(e);
    }
    Matcher onward = ONWARD.matcher(page);
    assertThat(onward.find()).as(page).isTrue();
    return open(HtmlUtils.htmlUnescape(onward.group(1)));
  }

  /**
   * What a person does at the pages to which an app has sent them.
   *
   * @param link of the app's, to the authorization endpoint
   * @param patient whom to choose where one may be chosen
   * @param ticked which of the lines for consent stay ticked
   * @param narrowed which parts are ticked beneath them
   * @return where the person is sent back
   */
  String allow(String link, String patient, Predicate<String> ticked, Predicate<String> narrowed) {
    String at = signIn(link);
    if (at.contains("/choose-patient?")) {
      // By the name, as the chart has it.
      open(at + "&q=" + patient.replace("-", ""));
      at = send("/choose-patient", Map.of("patient", List.of(patient)));
    }
    assertThat(at).contains("/consent?");
    return send(
        "/consent",
        Map.of(
            "scope", values("scope").stream().filter(ticked).toList(),
            "part", values("part").stream().filter(narrowed).toList(),
            "decision", List.of("allow")));
  }

  /** The values that the page has for a field, each once. */
  List<String> values(String field) {
    List<String> values = new ArrayList<>();
    Matcher input = INPUT.matcher(page);
    while (input.find()) {
      Map<String, String> attributes = new HashMap<>();
      Matcher attribute = ATTRIBUTE.matcher(input.group());
      while (attribute.find()) {
        attributes.put(attribute.group(1), HtmlUtils.htmlUnescape(attribute.group(2)));
      }
      if (field.equals(attributes.get("name"))) {
        values.add(attributes.getOrDefault("value", ""));
      }
    }
    return values.stream().distinct().toList();
  }

  private String absolute(String address) {
    return address.startsWith("/") ? hub.base() + address : address;
  }

  private String walk(HttpRequest.Builder first) {
    HttpResponse<String> answer = sent(first);
    URI at = answer.uri();
    while (answer.statusCode() / 100 == 3) {
      at = at.resolve(answer.headers().firstValue("Location").orElseThrow());
      if (!at.toString().startsWith(hub.base() + "/")) {
        return at.toString();
      }
      answer = sent(HttpRequest.newBuilder(at).GET());
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    page = answer.body();
    return at.toString();
  }

  private HttpResponse<String> sent(HttpRequest.Builder request) {
    try {
      return browser.send(
          request.setHeader("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String encoded(Map<String, ? extends Collection<String>> form) {
    StringJoiner text = new StringJoiner("&");
    form.forEach(
        (name, values) ->
            values.forEach(
                value -> text.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))));
    return text.toString();
  }
}

package dev.kiln.bench.client;

import dev.kiln.bench.hub.Api;
import dev.kiln.bench.hub.Form;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages on the way from an app to its code, filled in as the person would in a browser. */
final class Launch {

  private static final Pattern FIELD =
      Pattern.compile("name=\"(_csrf|state|scope)\"[^>]*?value=\"([^\"]*)\"");
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
          .build();

  private final Api hub;

  Launch(Api hub) {
    this.hub = hub;
  }

  void signIn(String login, String password) throws IOException, InterruptedException {
    Form form = fields(get("/sign-in"));
    HttpResponse<String> answer = post("/sign-in", form.and("login", login, "password", password));
    if (answer.statusCode() / 100 != 3) {
      throw new IOException("Signing in was answered with " + answer.statusCode());
    }
  }

  /** The person lets the app in, with all that it asks for. */
  String code(Form request) throws IOException, InterruptedException {
    HttpResponse<String> page = get("/oauth2/authorize?" + request.encoded());
    if (page.statusCode() / 100 == 3) {
      page = get(location(page));
    }
    HttpResponse<String> back = post("/consent", fields(page).and("decision", "allow"));
    Matcher code = CODE.matcher(location(back));
    if (!code.find()) {
      throw new IOException("The app got no code, but " + back.statusCode() + " " + location(back));
    }
    return URLDecoder.decode(code.group(1), StandardCharsets.UTF_8);
  }

  /** What stands in the forms of a page already. */
  private static Form fields(HttpResponse<String> page) {
    Set<Form.Field> fields = new LinkedHashSet<>();
    Matcher field = FIELD.matcher(page.body());
    while (field.find()) {
      fields.add(new Form.Field(field.group(1), field.group(2)));
    }
    return new Form(List.copyOf(fields));
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(hub.request(path));
  }

  private HttpResponse<String> post(String path, Form form)
      throws IOException, InterruptedException {
    return send(form.post(hub.request(path)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return browser.send(
        request.header("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString());
  }
}

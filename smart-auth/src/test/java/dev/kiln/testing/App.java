package dev.kiln.testing;

import dev.kiln.auth.Account;
import dev.kiln.auth.PendingAuthorization;
import dev.kiln.auth.PendingAuthorizations;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.client.Clients.Registered;
import dev.kiln.auth.client.Clients.Registration;
import dev.kiln.auth.secret.Secrets;
import dev.kiln.testing.Http.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A registered app together with the browser in which a person uses it. */
public final class App {

  public static final String REDIRECT = "https://app.example.org/redirect";
  public static final String ORIGIN = origin(REDIRECT);

  private final Server server = Server.get();
  private final Kind kind;
  private final String redirect;
  private final Registered registered;

  /** Who uses the app, with a browser. */
  public final Person person = new Person(server.address());

  public final Http browser = person.http();
  public final Http backChannel = new Http();
  public final String verifier = Secrets.random();

  private String signedIn;

  private App(Kind kind, String redirect, List<String> scopes) {
    this.kind = kind;
    this.redirect = redirect;
    Registration registration =
        Registration.app("Growth chart", kind, List.of(redirect), scopes)
            .withLaunchUrl("https://app.example.org/launch");
    if (kind == Kind.CONFIDENTIAL_ASYMMETRIC) {
      registration = registration.withKeys(Keys.set(Keys.RSA, Keys.EC));
    }
    this.registered = server.bean(Clients.class).register(registration);
  }

  public static App of(Kind kind, String... more) {
    return new App(kind, REDIRECT, Server.appScopes(more));
  }

  /** One that may ask for nothing but these. */
  public static App with(Kind kind, String... scopes) {
    return new App(kind, REDIRECT, List.of(scopes));
  }

  /** One to which people are sent back there. */
  public static App at(String redirect) {
    return new App(Kind.PUBLIC, redirect, Server.appScopes());
  }

  public String clientId() {
    return registered.client().clientId();
  }

  public String secret() {
    return registered.secret();
  }

  /** On the pages, by name and password. */
  public App signIn(String login) {
    if (!login.equals(signedIn)) {
      signOut();
      if (person.signIn(login, Server.PASSWORD).statusCode() != 302) {
        throw new AssertionError("Not signed in as " + login);
      }
      signedIn = login;
    }
    return this;
  }

  public void signOut() {
    if (signedIn != null) {
      person.get("/account");
      person.post("/sign-out");
      signedIn = null;
    }
  }

  /** The parameters of a good authorization request, to be spoiled by the tests. */
  public Map<String, Object> request(String scope) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", clientId());
    parameters.put("redirect_uri", redirect);
    parameters.put("scope", scope);
    parameters.put("state", "the app's own state");
    parameters.put("aud", server.fhirBase());
    parameters.put("code_challenge", challenge(verifier));
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }

  public static String challenge(String verifier) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.hash(verifier));
  }

  /** Where the app sends people. */
  public String link(Map<String, Object> parameters) {
    return server.address() + "/oauth2/authorize?" + Http.encoded(parameters);
  }

  public Answer authorize(Map<String, Object> parameters) {
    return browser.get(link(parameters));
  }

  /** The state by which the consent page knows the request. */
  public String pending(Map<String, Object> parameters) {
    Answer answer = authorize(parameters);
    if (!answer.header("Location").contains("/consent?")) {
      throw new AssertionError("No consent page: " + answer.status() + answer.header("Location"));
    }
    return answer.redirect().get("state");
  }

  public PendingAuthorization pending(String state, String account) {
    return server
        .bean(PendingAuthorizations.class)
        .of(state, server.account(account))
        .orElseThrow();
  }

  public Answer consent(String state, Iterable<String> scopes) {
    Map<String, Object> form = new HashMap<>();
    form.put("client_id", clientId());
    form.put("state", state);
    form.put("scope", scopes);
    return browser.post(server.address() + "/oauth2/authorize", form);
  }

  /** Signs in, asks, lets the person choose the patient where one is wanted, and consents. */
  public String code(String account, Map<String, Object> parameters) {
    signIn(account);
    String state = pending(parameters);
    Account who = server.account(account);
    PendingAuthorization pending = pending(state, account);
    if (pending.wantsPatient() && pending.patient() == null) {
      String patient = account.equals("nora") ? "child" : "alba";
      server.bean(PendingAuthorizations.class).choosePatient(state, who, patient);
    }
    String code = consent(state, pending.scopes()).redirect().get("code");
    if (code == null) {
      throw new AssertionError("No code");
    }
    return code;
  }

  public Map<String, String> exchange(String code) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect);
    form.put("code_verifier", verifier);
    return form;
  }

  /** A request that proves the client as its kind does. */
  public Answer token(Map<String, String> parameters) {
    return post("/oauth2/token", parameters);
  }

  public Answer post(String path, Map<String, String> parameters) {
    Map<String, String> form = new HashMap<>(parameters);
    String address = server.address() + path;
    return switch (kind) {
      case PUBLIC -> {
        form.putIfAbsent("client_id", clientId());
        yield backChannel.post(address, form, "Origin", origin(redirect));
      }
      case CONFIDENTIAL_SYMMETRIC ->
          backChannel.post(address, form, "Authorization", basic(clientId(), secret()));
      case CONFIDENTIAL_ASYMMETRIC -> {
        form.putAll(Keys.form(Keys.assertion(clientId())));
        yield backChannel.post(address, form);
      }
    };
  }

  /** As a browser names the web pages of the app. */
  private static String origin(String redirect) {
    URI address = URI.create(redirect);
    return address.getScheme() + "://" + address.getAuthority();
  }

  public static String basic(String id, String secret) {
    return "Basic "
        + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  public Answer launch(String account, String scope) {
    return token(exchange(code(account, request(scope))));
  }

  public Answer refresh(String refreshToken) {
    return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  public Answer refresh(String refreshToken, String scope) {
    return token(
        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "scope", scope));
  }
}

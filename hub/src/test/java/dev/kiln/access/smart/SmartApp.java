package dev.kiln.access.smart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.launch.Launches;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.web.util.UriComponentsBuilder;

/** An app or a service, registered at the running hub as its operator would. */
public final class SmartApp {

  static final String ORIGIN = "https://growth.example.org";

  private static final String REDIRECT = ORIGIN + "/redirect";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By the names of RFC 7591. */
  public enum Kind {
    PUBLIC("none"),
    SYMMETRIC("client_secret_basic"),
    ASYMMETRIC("private_key_jwt");

    private final String method;

    Kind(String method) {
      this.method = method;
    }
  }

  private final RunningHub hub = RunningHub.get();
  private final Kind kind;
  private final String redirect;
  private final String clientId;
  private final String secret;
  private final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();

  private SmartApp(Kind kind, String redirect, ObjectNode metadata) {
    this.kind = kind;
    this.redirect = redirect;
    metadata.put("client_name", "Growth chart").put("token_endpoint_auth_method", kind.method);
    if (kind == Kind.ASYMMETRIC) {
      metadata.set("jwks", JSON.valueToTree(ClientKey.publicKeys()));
    }
    Answer registered = hub.http().post("/operator/clients", metadata.toString(), Person.JSON);
    assertThat(registered.status()).as(registered.text()).isEqualTo(200);
    clientId = registered.json().path("client_id").asText();
    secret = registered.json().path("client_secret").asText();
  }

  /**
   * @param scope the most that it may ask for
   */
  public static SmartApp of(Kind kind, String scope) {
    return at(REDIRECT, kind, scope);
  }

  /** One to which people are sent back there. */
  static SmartApp at(String redirect, Kind kind, String scope) {
    ObjectNode metadata =
        JSON.createObjectNode()
            .put("scope", scope)
            .put("initiate_login_uri", URI.create(redirect).resolve("/launch").toString());
    metadata.putArray("redirect_uris").add(redirect);
    return new SmartApp(kind, redirect, metadata);
  }

  /** One that acts for itself. */
  public static SmartApp service(String scope) {
    ObjectNode metadata = JSON.createObjectNode().put("scope", scope);
    metadata.putArray("grant_types").add("client_credentials");
    return new SmartApp(Kind.ASYMMETRIC, null, metadata);
  }

  private SmartApp(String clientId, String redirect) {
    this.kind = Kind.PUBLIC;
    this.redirect = redirect;
    this.clientId = clientId;
    this.secret = "";
  }

  /** One of the hub's own. */
  public static SmartApp own(String clientId, String path) {
    return new SmartApp(clientId, RunningHub.get().base() + path);
  }

  public String clientId() {
    return clientId;
  }

  /** Signs the person in, who is asked nothing else. */
  public Token withoutConsent(Person person, String scope) {
    Map<String, String> request = request(scope);
    return token(code(person.signIn(hub.base() + "/oauth2/authorize?" + form(request)), request));
  }

  /** Where the person ends who follows the app's link. */
  public String sentTo(Person person, String scope) {
    return person.signIn(hub.base() + "/oauth2/authorize?" + form(request(scope)));
  }

  /** The patient is chosen by the person, and everything is allowed that the page offers. */
  public Token standalone(Person person, String patient, String scope) {
    return standalone(person, patient, scope, line -> true, part -> false);
  }

  /**
   * @param ticked which of the page's lines stay ticked
   * @param narrowed which parts are ticked beneath them
   */
  public Token standalone(
      Person person,
      String patient,
      String scope,
      Predicate<String> ticked,
      Predicate<String> narrowed) {
    return token(decide(person, request(scope), patient, ticked, narrowed));
  }

  /** Opened out of the record, which the hub has no page for yet. */
  Token ehr(Person person, Launches.Context context, String scope) {
    Map<String, String> request = request(scope);
    request.put("launch", handle(person, context));
    return token(decide(person, request, null, line -> true, part -> false));
  }

  /** What the record gives the app to launch with. */
  String handle(Person person, Launches.Context context) {
    return hub.bean(Launches.class)
        .open(hub.bean(AccountBook.class).byLogin(person.login()).orElseThrow(), clientId, context);
  }

  Token refresh(Token token) {
    Answer answer = refreshAnswer(token);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return new Token(answer.json());
  }

  public Answer refreshAnswer(Token token) {
    return post(
        "/oauth2/token",
        Map.of("grant_type", "refresh_token", "refresh_token", token.text("refresh_token")));
  }

  /** RFC 7009. */
  Answer revoke(String token) {
    return post("/oauth2/revoke", Map.of("token", token));
  }

  public Token ofItself(String scope) {
    Answer answer =
        post("/oauth2/token", Map.of("grant_type", "client_credentials", "scope", scope));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return new Token(answer.json());
  }

  private Map<String, String> request(String scope) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("response_type", "code");
    request.put("client_id", clientId);
    request.put("redirect_uri", redirect);
    request.put("scope", scope);
    request.put("state", UUID.randomUUID().toString());
    request.put("aud", hub.base() + "/fhir");
    request.put("code_challenge", challenge());
    request.put("code_challenge_method", "S256");
    return request;
  }

  /** From the app's link to where the person is sent back. */
  private String decide(
      Person person,
      Map<String, String> request,
      String patient,
      Predicate<String> ticked,
      Predicate<String> narrowed) {
    String back =
        person.allow(hub.base() + "/oauth2/authorize?" + form(request), patient, ticked, narrowed);
    return code(back, request);
  }

  private String code(String back, Map<String, String> request) {
    Map<String, String> told =
        UriComponentsBuilder.fromUriString(back).build().getQueryParams().toSingleValueMap();
    assertThat(back).startsWith(redirect + "?").doesNotContain("error=");
    assertThat(told).containsEntry("state", request.get("state")).containsKey("code");
    return told.get("code");
  }

  private Token token(String code) {
    Answer answer =
        post(
            "/oauth2/token",
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                redirect,
                "code_verifier",
                verifier));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return new Token(answer.json());
  }

  /** Proves itself as its kind does. */
  private Answer post(String path, Map<String, String> fields) {
    Map<String, String> form = new HashMap<>(fields);
    List<String> headers = new ArrayList<>(List.of("Content-Type", FORM));
    switch (kind) {
      case PUBLIC -> {
        form.put("client_id", clientId);
        headers.addAll(List.of("Origin", origin()));
      }
      case SYMMETRIC ->
          headers.addAll(
              List.of(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder()
                          .encodeToString(
                              (clientId + ":" + secret).getBytes(StandardCharsets.UTF_8))));
      case ASYMMETRIC -> {
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", ClientKey.assertion(clientId, hub.base() + "/oauth2/token"));
      }
    }
    return new Http(hub.base(), null).post(path, form(form), headers.toArray(String[]::new));
  }

  private String origin() {
    URI page = URI.create(redirect);
    return page.getScheme() + "://" + page.getAuthority();
  }

  private static String form(Map<String, String> fields) {
    Map<String, List<String>> each = new LinkedHashMap<>();
    fields.forEach((name, value) -> each.put(name, List.of(value)));
    return Person.encoded(each);
  }

  private String challenge() {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.kiln.auth.consent;

import static dev.kiln.pages.PagesServer.PASSWORD;
import static dev.kiln.pages.Person.escaped;
import static dev.kiln.pages.Person.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.pages.PagesServer;
import dev.kiln.pages.Person;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Consent and patient, with the real authorization endpoint behind them. */
class ConsentTest {

  private static final String LABORATORY =
      "patient/Observation.rs?category="
          + "http://terminology.hl7.org/CodeSystem/observation-category|laboratory";

  private final PagesServer server = PagesServer.running();
  private final Person person = new Person(server.base());

  @Test
  void whatIsNotTickedIsNotGrantedAndAPartReplacesTheWhole() {
    signIn("physician", "Practitioner/1");
    String state = consent("openid patient/Condition.rs patient/Observation.rs fhirUser");
    HttpResponse<String> answer =
        person.post(
            "/consent",
            "state",
            state,
            "decision",
            "allow",
            "scope",
            "patient/Observation.rs",
            "part",
            LABORATORY,
            "part",
            "patient/Patient.rs",
            "part",
            "system/*.cruds");
    assertThat(granted(answer)).isEqualTo(Set.of("openid", LABORATORY));
  }

  @Test
  void everythingCanBeNarrowedToSomeTypes() {
    signIn("physician", "Practitioner/1");
    String state = consent("openid patient/*.rs");
    HttpResponse<String> answer =
        person.post(
            "/consent",
            "state",
            state,
            "decision",
            "allow",
            "scope",
            "patient/*.rs",
            "part",
            "patient/Immunization.rs",
            "part",
            "patient/Goal.rs");
    assertThat(granted(answer))
        .isEqualTo(Set.of("openid", "patient/Immunization.rs", "patient/Goal.rs"));
  }

  @Test
  void aPartOfWhatIsNotTickedIsNotGranted() {
    signIn("physician", "Practitioner/1");
    String state = consent("openid patient/Condition.rs patient/Observation.rs");
    HttpResponse<String> answer =
        person.post(
            "/consent",
            "state",
            state,
            "decision",
            "allow",
            "scope",
            "patient/Condition.rs",
            "part",
            LABORATORY);
    assertThat(granted(answer)).isEqualTo(Set.of("openid", "patient/Condition.rs"));
  }

  @Test
  void whoDoesNotAllowGrantsNothing() {
    signIn("physician", "Practitioner/1");
    String state = consent("openid patient/Condition.rs");
    HttpResponse<String> answer =
        person.post(
            "/consent", "state", state, "decision", "deny", "scope", "patient/Condition.rs");
    assertThat(location(answer))
        .startsWith("http://127.0.0.1:1/callback?")
        .contains("error=access_denied", "state=xyz")
        .doesNotContain("code=");
  }

  @Test
  void theRequestOfSomebodyElseIsNotThere() {
    signIn("physician", "Practitioner/1");
    String state = consent("openid patient/Condition.rs");
    Person other = new Person(server.base());
    String login = PagesServer.name("other");
    server.physician(login);
    other.signIn(login, PASSWORD);
    other.get("/account");
    assertThat(other.get("/consent?state=" + escaped(state)).statusCode()).isEqualTo(404);
    assertThat(other.post("/consent", "state", state, "decision", "allow").statusCode())
        .isEqualTo(404);
    assertThat(other.get("/consent").statusCode()).isEqualTo(404);
    assertThat(other.get("/choose-patient?state=nothing").body()).contains("There is nothing here");
  }

  @Test
  void aConsentThatAnotherSiteSendsIsRefused() {
    signIn("physician", "Practitioner/1");
    String state = consent("openid patient/Condition.rs");
    Person forged = new Person(server.base());
    assertThat(forged.post("/consent", "state", state, "decision", "allow").statusCode())
        .isEqualTo(403);
  }

  @Test
  void aMemberOfTheStaffSearchesAndMayChooseOnlyWhatIsFound() {
    signIn("physician", "Practitioner/1");
    String state = pick("openid launch/patient patient/Patient.rs");
    assertThat(person.get("/choose-patient?state=" + escaped(state)).body())
        .doesNotContain("Marisol");
    assertThat(person.get("/choose-patient?q=marisol&state=" + escaped(state)).body())
        .contains("Marisol Ibarra Quintana", "MRN 40012")
        .doesNotContain("Wanda");
    assertThat(person.post("/choose-patient", "state", state, "patient", "p9").statusCode())
        .isEqualTo(404);
    HttpResponse<String> next = person.post("/choose-patient", "state", state, "patient", "p1");
    assertThat(person.follow(next).body()).contains("Marisol Ibarra Quintana");
  }

  @Test
  void aPatientIsNotAskedWhoTheyAre() {
    signIn("patient", "Patient/p3");
    String body = person.follow(person.get(authorize("openid launch/patient patient/*.rs"))).body();
    assertThat(body).contains("Wanda Okafor", "data-testid=\"allow\"");
    assertThat(body).contains("Know which patient has been chosen").doesNotContain("??");
  }

  @Test
  void offlineAccessIsSaidInWords() {
    signIn("physician", "Practitioner/1");
    String body =
        person.follow(person.get(authorize("openid offline_access user/Appointment.crus"))).body();
    assertThat(body)
        .contains("keep its access when you are no longer here")
        .contains("From all records that you may see", ">see<", ">add<", ">change<")
        .doesNotContain(">delete<");
  }

  private void signIn(String role, String fhirUser) {
    String login = PagesServer.name("consents");
    server.account(login, role, fhirUser);
    person.signIn(login, PASSWORD);
  }

  /** The state of a request that waits on the consent page. */
  private String consent(String scopes) {
    HttpResponse<String> answer = person.get(authorize(scopes));
    assertThat(location(answer)).contains("/consent?");
    String state = state(location(answer));
    HttpResponse<String> page = person.get(location(answer));
    if (location(page).contains("/choose-patient")) {
      person.get(location(page));
      person.follow(person.post("/choose-patient", "state", state, "patient", "p1"));
    }
    return state;
  }

  private String pick(String scopes) {
    HttpResponse<String> answer = person.get(location(person.get(authorize(scopes))));
    assertThat(location(answer)).contains("/choose-patient?state=");
    return state(location(answer));
  }

  private static String state(String address) {
    for (String pair : URI.create(address).getQuery().split("&")) {
      if (pair.startsWith("state=")) {
        return pair.substring("state=".length());
      }
    }
    throw new AssertionError(address);
  }

  /** What the token that comes of it is for. */
  private Set<String> granted(HttpResponse<String> answer) {
    assertThat(location(answer)).startsWith("http://127.0.0.1:1/callback?");
    Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(location(answer));
    assertThat(code.find()).isTrue();
    String token =
        new Person(server.base())
            .post(
                "/oauth2/token",
                "grant_type",
                "authorization_code",
                "client_id",
                "growth-chart",
                "code",
                code.group(1),
                "redirect_uri",
                "http://127.0.0.1:1/callback",
                "code_verifier",
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
            .body();
    Matcher scope = Pattern.compile("\"scope\":\"([^\"]*)\"").matcher(token);
    assertThat(scope.find()).as(token).isTrue();
    return Set.of(scope.group(1).split(" "));
  }

  private String authorize(String scopes) {
    return "/oauth2/authorize?response_type=code&client_id=growth-chart&state=xyz&redirect_uri="
        + escaped("http://127.0.0.1:1/callback")
        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
        + "&aud="
        + escaped(server.base() + "/fhir")
        + "&scope="
        + escaped(scopes);
  }
}

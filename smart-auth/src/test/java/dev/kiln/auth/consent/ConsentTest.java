package dev.kiln.auth.consent;

import static dev.kiln.testing.Person.escaped;
import static dev.kiln.testing.Person.location;
import static dev.kiln.testing.Server.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.testing.App;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Person;
import dev.kiln.testing.Server;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Consent and patient, with the real authorization endpoint behind them. */
class ConsentTest {

  private static final String LABORATORY =
      "patient/Observation.rs?category="
          + "http://terminology.hl7.org/CodeSystem/observation-category|laboratory";

  private final Server server = Server.get();
  private final App app = App.of(Kind.CONFIDENTIAL_SYMMETRIC);
  private final Person person = app.person;

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
    assertThat(location(answer)).startsWith(App.REDIRECT + "?");
    assertThat(new Answer(answer).redirect())
        .containsEntry("error", "access_denied")
        .containsEntry("state", "the app's own state")
        .doesNotContainKey("code");
  }

  @Test
  void theRequestOfSomebodyElseIsNotThere() {
    signIn("physician", "Practitioner/1");
    String state = consent("openid patient/Condition.rs");
    Person other = new Person(server.address());
    String login = Server.name("other");
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
    assertThat(
            person
                .post("/consent", "_csrf", "forged", "state", state, "decision", "allow")
                .statusCode())
        .isEqualTo(302);
    Person forged = new Person(server.address());
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
    HttpResponse<String> next = person.post("/choose-patient", "state", state, "patient", "alba");
    assertThat(person.follow(next).body()).contains("Marisol Ibarra Quintana");
  }

  @Test
  void aPatientIsNotAskedWhoTheyAre() {
    signIn("patient", "Patient/wanda");
    String body =
        person
            .follow(person.get(app.link(app.request("openid launch/patient patient/*.rs"))))
            .body();
    assertThat(body).contains("Wanda Okafor", "data-testid=\"allow\"");
    assertThat(body).contains("Know which patient has been chosen").doesNotContain("??");
  }

  @Test
  void offlineAccessIsSaidInWords() {
    signIn("physician", "Practitioner/1");
    String body =
        person
            .follow(
                person.get(app.link(app.request("openid offline_access user/Appointment.crus"))))
            .body();
    assertThat(body)
        .contains("keep its access when you are no longer here")
        .contains("From all records that you may see", ">see<", ">add<", ">change<")
        .doesNotContain(">delete<");
  }

  private void signIn(String role, String fhirUser) {
    String login = Server.name("consents");
    server.account(login, role, fhirUser);
    person.signIn(login, PASSWORD);
  }

  /** The state of a request that waits on the consent page, with its patient chosen. */
  private String consent(String scopes) {
    HttpResponse<String> answer = person.get(app.link(app.request(scopes)));
    assertThat(location(answer)).contains("/consent?");
    String state = new Answer(answer).redirect().get("state");
    HttpResponse<String> page = person.get(location(answer));
    if (page.statusCode() != 200) {
      assertThat(location(page)).contains("/choose-patient?state=");
      person.get("/choose-patient?q=marisol&state=" + escaped(state));
      page = person.follow(person.post("/choose-patient", "state", state, "patient", "alba"));
      assertThat(page.body()).contains("Marisol Ibarra Quintana");
    }
    return state;
  }

  private String pick(String scopes) {
    HttpResponse<String> answer = person.get(location(person.get(app.link(app.request(scopes)))));
    assertThat(location(answer)).contains("/choose-patient?state=");
    return new Answer(answer).redirect().get("state");
  }

  private Answer token(HttpResponse<String> answer) {
    assertThat(location(answer)).startsWith(App.REDIRECT + "?");
    Answer token = app.token(app.exchange(new Answer(answer).redirect().get("code")));
    assertThat(token.status()).isEqualTo(200);
    return token;
  }

  private Set<String> granted(HttpResponse<String> answer) {
    return Scopes.split((String) token(answer).get("scope"));
  }
}

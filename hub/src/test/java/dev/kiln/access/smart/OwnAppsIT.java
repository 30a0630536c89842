package dev.kiln.access.smart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.SmartApp.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Kiln's own apps ask nobody for consent, get no more than the role has, and open others. */
class OwnAppsIT {

  private static final RunningHub hub = RunningHub.get();
  private static Chart chart;

  @BeforeAll
  static void enter() throws IOException {
    chart = Chart.get();
  }

  private static final String LAUNCHER = "openid fhirUser online_access app.launch user/Patient.rs";
  private static final String INTERFACES =
      "openid fhirUser online_access message.read message.reveal message.replay interface.control"
          + " site.write";

  @Test
  void theLauncherOpensAnAppForAPatient() {
    SmartApp other = SmartApp.of(Kind.PUBLIC, "launch openid patient/*.rs");
    Token launcher = SmartApp.own("kiln-launcher", "/").withoutConsent(chart.drake, LAUNCHER);
    assertThat(launcher.scopes()).contains("app.launch", "user/Patient.rs");

    Answer apps = launcher.http().get("/fhir/$apps");

    assertThat(apps.status()).as(apps.text()).isEqualTo(200);
    assertThat(apps.text()).contains("Ana Okafor", "physician", other.clientId());
    assertThat(apps.text()).doesNotContain("kiln-admin", "kiln-launcher");
    Answer launch = launch(launcher, other.clientId(), Chart.PATIENT);
    assertThat(launch.json().at("/parameter/0/valueUri").asText())
        .startsWith(SmartApp.ORIGIN + "/launch?iss=")
        .contains("&launch=");
    assertThat(launch(launcher, "kiln-admin", Chart.PATIENT).status()).isEqualTo(404);
    assertThat(launch(launcher, other.clientId(), "a/b").status()).isEqualTo(400);
  }

  /** The launch would open the chart to whoever made it. */
  @Test
  void nobodyOpensAChartThatIsNotTheirs() {
    SmartApp other = SmartApp.of(Kind.PUBLIC, "launch openid patient/*.rs");
    Person stranger = Person.with("patient", "Patient/" + Chart.OTHER);
    Token launcher = SmartApp.own("kiln-launcher", "/").withoutConsent(stranger, LAUNCHER);

    assertThat(launch(launcher, other.clientId(), Chart.PATIENT).status()).isEqualTo(404);
    assertThat(launch(launcher, other.clientId(), Chart.OTHER).status()).isEqualTo(200);
  }

  private static Answer launch(Token launcher, String app, String patient) {
    return launcher
        .http()
        .post(
            "/fhir/$launch",
            """
            {"resourceType": "Parameters", "parameter": [
              {"name": "app", "valueString": "%s"}, {"name": "patient", "valueString": "%s"}]}
            """
                .formatted(app, patient));
  }

  @Test
  void whoIsNoEngineerGetsNoneOfTheirRights() {
    Token token =
        SmartApp.own("kiln-admin", "/apps/admin/").withoutConsent(chart.drake, INTERFACES);

    List<String> rights = new ArrayList<>(token.scopes());
    rights.removeIf(scope -> scope.indexOf('.') < 0);
    assertThat(rights).isEmpty();
    assertThat(token.http().get("/fhir/$messages").status()).isEqualTo(403);
    assertThat(token.http().get("/fhir/$apps").status()).isEqualTo(403);
  }

  /** Another app that asks for the same is let in only by the person. */
  @Test
  void otherAppsAskForConsent() {
    SmartApp other = SmartApp.of(Kind.PUBLIC, LAUNCHER);
    Token token =
        other.standalone(
            chart.drake, Chart.PATIENT, LAUNCHER, line -> line.equals("app.launch"), part -> false);

    assertThat(token.scopes()).contains("app.launch").doesNotContain("user/Patient.rs");
    JsonNode account = token.http().get("/fhir/$apps").json().at("/parameter/0");
    assertThat(account.path("name").asText()).isEqualTo("account");
  }
}

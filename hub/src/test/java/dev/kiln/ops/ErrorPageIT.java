package dev.kiln.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import org.junit.jupiter.api.Test;

/** What somebody reads who has asked for what cannot be answered. */
class ErrorPageIT {

  private static final String UNKNOWN_APP =
      "/oauth2/authorize?response_type=code&client_id=nobody&redirect_uri=https://app.example.org";

  private final Http stranger = RunningHub.get().stranger();

  @Test
  void aPersonGetsAPageThatNamesWhatTheMakerOfTheAppMustMend() {
    Answer answer = stranger.get(UNKNOWN_APP, "Accept", "text/html,*/*;q=0.8");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("text/html");
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(answer.text()).contains("client_id is missing");
    assertThat(stranger.get(UNKNOWN_APP, "Accept", "text/html", "Accept-Language", "es").text())
        .contains("client_id falta");
  }

  @Test
  void aPersonWhoIsLostGetsAPage() {
    Answer answer = stranger.get("/reset/of/nothing", "Accept", "text/html");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("There is nothing here").doesNotContain("OperationOutcome");
  }

  @Test
  void aProgramGetsAnOperationOutcome() {
    for (Answer answer :
        new Answer[] {
          stranger.get(UNKNOWN_APP, "Accept", "application/json"),
          stranger.get("/reset/of/nothing", "Accept", "*/*"),
          stranger.get("/fhir/Patient", "Accept", "text/html")
        }) {
      assertThat(answer.status()).isBetween(400, 404);
      assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    }
  }
}

package dev.kiln.access.smart;

import static dev.kiln.access.smart.Chart.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.SmartApp.Kind;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.key.SigningKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a token that the FHIR API has just taken is taken no more, and when it still is. */
class TokenEndIT {

  private static final String SCOPE = "openid launch/patient offline_access patient/*.rs";

  private static final RunningHub hub = RunningHub.get();
  private static Chart chart;

  @BeforeAll
  static void enter() throws IOException {
    chart = Chart.get();
  }

  /** How access is taken back. */
  private enum End {
    BY_THE_PERSON {
      @Override
      void come(SmartApp app, Token token) {
        chart.alba.open("/account/apps");
        assertThat(chart.alba.values("client")).contains(app.clientId());
        chart.alba.send("/account/apps/revoke", Map.of("client", List.of(app.clientId())));
        assertThat(chart.alba.values("client")).doesNotContain(app.clientId());
      }
    },
    BY_THE_APP_WITH_THE_ACCESS_TOKEN {
      @Override
      void come(SmartApp app, Token token) {
        assertThat(app.revoke(token.text("access_token")).status()).isEqualTo(200);
      }
    },
    BY_THE_APP_WITH_THE_REFRESH_TOKEN {
      @Override
      void come(SmartApp app, Token token) {
        assertThat(app.revoke(token.text("refresh_token")).status()).isEqualTo(200);
      }
    },
    BY_THE_OPERATOR {
      @Override
      void come(SmartApp app, Token token) {
        hub.bean(Clients.class).disable(app.clientId());
      }
    };

    abstract void come(SmartApp app, Token token);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  @DisplayName("g10_token_revocation: the next read is 401, the next refresh 400 or 401")
  void endsAtOnce(End end) {
    SmartApp app = SmartApp.of(Kind.SYMMETRIC, SCOPE);
    Token token = app.standalone(chart.alba, PATIENT, SCOPE);
    Token refreshed = app.refresh(token);
    Token other = SmartApp.of(Kind.SYMMETRIC, SCOPE).standalone(chart.alba, PATIENT, SCOPE);
    assertThat(status(token)).isEqualTo(200);
    assertThat(status(refreshed)).isEqualTo(200);

    end.come(app, refreshed);

    for (Token ended : List.of(token, refreshed)) {
      Answer answer = ended.http().get("/fhir/Patient/" + PATIENT);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
      assertThat(answer.text()).doesNotContain("Smartalba");
    }
    assertThat(app.refreshAnswer(refreshed).status()).isIn(400, 401);
    assertThat(status(other)).as("another app of the same person").isEqualTo(200);
  }

  @Test
  @DisplayName("a signing key is rotated while a token lives: both it and its successor are taken")
  void outlivesTheKeyThatSignedIt() throws InterruptedException {
    SmartApp app = SmartApp.of(Kind.PUBLIC, SCOPE);
    Token before = app.standalone(chart.alba, PATIENT, SCOPE);
    hub.bean(SigningKeys.class).rotate();
    Token after = app.refresh(before);
    // A new key is published for a while before it signs.
    Instant end = Instant.now().plus(Duration.ofSeconds(90));
    while (after.keyId().equals(before.keyId()) && Instant.now().isBefore(end)) {
      assertThat(status(after)).isEqualTo(200);
      Thread.sleep(2000);
      after = app.refresh(after);
    }
    assertThat(after.keyId()).isNotEqualTo(before.keyId());
    assertThat(status(before)).isEqualTo(200);
    assertThat(status(after)).isEqualTo(200);
    JsonNode keys = hub.stranger().get("/oauth2/jwks").json().path("keys");
    assertThat(keys.findValuesAsText("kid")).contains(before.keyId(), after.keyId());
  }

  @Test
  @DisplayName("a guardian's token opens nothing from the moment when the relation has ended")
  void endsWithTheRelation() {
    String related =
        """
        {"resourceType": "RelatedPerson", "patient": {"reference": "Patient/%s"}%s%s}""";
    String id = hub.http().post("/fhir/RelatedPerson", related.formatted(PATIENT, "", "")).id();
    Person guardian = Person.with("proxy", "RelatedPerson/" + id);
    Token token = SmartApp.of(Kind.PUBLIC, SCOPE).standalone(guardian, PATIENT, SCOPE);
    assertThat(status(token)).isEqualTo(200);

    String ended = ", \"period\": {\"end\": \"2026-01-01\"}";
    assertThat(
            hub.http()
                .put(
                    "/fhir/RelatedPerson/" + id,
                    related.formatted(PATIENT, ", \"id\": \"" + id + "\"", ended))
                .status())
        .isEqualTo(200);

    assertThat(status(token)).isEqualTo(401);
  }

  private static int status(Token token) {
    return token.http().get("/fhir/Patient/" + PATIENT).status();
  }
}

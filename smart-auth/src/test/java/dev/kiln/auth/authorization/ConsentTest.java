package dev.kiln.auth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.PendingAuthorizations;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.testing.App;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a person grants, narrows and refuses. */
class ConsentTest {

  private static final String ASKED =
      "launch/patient openid patient/Patient.rs patient/Condition.rs patient/Observation.rs";

  private final Server server = Server.get();
  private final App app = App.of(Kind.PUBLIC).signIn("alba");

  private Set<String> granted(Answer redirect) {
    return Scopes.split(
        (String) app.token(app.exchange(redirect.redirect().get("code"))).get("scope"));
  }

  @Test
  @DisplayName("g10_smart_limited_app / g10_limited_scope_grant: what is unticked is not granted")
  void grantsOnlyWhatIsTicked() {
    String state = app.pending(app.request(ASKED));
    Answer redirect = app.consent(state, List.of("launch/patient", "patient/Patient.rs"));

    assertThat(granted(redirect))
        .containsExactlyInAnyOrder("openid", "launch/patient", "patient/Patient.rs");
  }

  @Test
  @DisplayName("an app that was let into no patient's chart is not told whose it would have been")
  void tellsNoPatientWhoWasKeptFromIt() {
    app.signIn("drake");
    String scope = "openid offline_access launch/patient patient/Patient.rs user/Patient.rs";
    String state = app.pending(app.request(scope));
    server.bean(PendingAuthorizations.class).choosePatient(state, server.account("drake"), "alba");
    Answer redirect = app.consent(state, List.of("openid", "offline_access", "user/Patient.rs"));
    Answer token = app.token(app.exchange(redirect.redirect().get("code")));

    assertThat(token.status()).isEqualTo(200);
    assertThat(token.json()).doesNotContainKeys("patient", "need_patient_banner");
    Answer refreshed = app.refresh((String) token.get("refresh_token"));
    assertThat(refreshed.status()).isEqualTo(200);
    assertThat(refreshed.json()).doesNotContainKeys("patient", "need_patient_banner");
  }

  @Test
  @DisplayName("pitfall 11: the person is asked again, and what was granted before is not added")
  void asksAgain() {
    granted(app.consent(app.pending(app.request(ASKED)), Scopes.split(ASKED)));

    String state = app.pending(app.request(ASKED));

    assertThat(granted(app.consent(state, List.of("patient/Patient.rs"))))
        .containsExactlyInAnyOrder("openid", "patient/Patient.rs");
  }

  @Test
  @DisplayName("pitfall 10; g10_smart_granular_scope_selection: narrowed to parts of a resource")
  void narrows() {
    String state = app.pending(app.request(ASKED));
    List<String> narrowed =
        List.of(
            "openid",
            "launch/patient",
            "patient/Patient.rs",
            "patient/Condition.rs?category=problem-list-item",
            "patient/Observation.r?category=laboratory,vital-signs");
    PendingAuthorizations pending = server.bean(PendingAuthorizations.class);
    assertThat(pending.narrow(state, server.account("alba"), narrowed)).isTrue();

    assertThat(granted(app.consent(state, narrowed))).isEqualTo(Set.copyOf(narrowed));
  }

  @Test
  void narrowsNeverWider() {
    String state = app.pending(app.request("launch/patient patient/Observation.rs?code=a"));
    PendingAuthorizations pending = server.bean(PendingAuthorizations.class);

    for (String wider :
        List.of(
            "patient/Observation.rs",
            "patient/Observation.cruds?code=a",
            "patient/*.rs?code=a",
            "user/Observation.rs?code=a",
            "offline_access",
            "patient/Observation.rs?code=a patient/*.cruds")) {
      assertThat(pending.narrow(state, server.account("alba"), List.of(wider))).as(wider).isFalse();
    }
    assertThat(pending.narrow(state, server.account("drake"), List.of("launch/patient"))).isFalse();
    assertThat(app.pending(state, "alba").scopes())
        .containsExactlyInAnyOrder("launch/patient", "patient/Observation.rs?code=a");
  }

  @Test
  @DisplayName("a consent to more than was asked is refused")
  void refusesAWiderConsent() {
    String state = app.pending(app.request("launch/patient patient/Patient.rs"));
    Answer redirect = app.consent(state, List.of("patient/*.cruds"));

    assertThat(redirect.redirect())
        .containsEntry("error", "invalid_scope")
        .doesNotContainKey("code");
  }

  @Test
  @DisplayName("a refusal is access_denied, and cannot be turned afterwards")
  void tellsARefusal() {
    String state = app.pending(app.request(ASKED));
    Answer refused = app.consent(state, List.of());

    assertThat(refused.header("Location")).startsWith(App.REDIRECT);
    assertThat(refused.redirect())
        .containsEntry("error", "access_denied")
        .containsEntry("state", "the app's own state");
    assertThat(app.consent(state, Scopes.split(ASKED)).status()).isEqualTo(400);
  }

  @Test
  @DisplayName("one click more on the same page gives no second code")
  void grantsOnce() {
    String state = app.pending(app.request(ASKED));
    assertThat(app.consent(state, Scopes.split(ASKED)).redirect()).containsKey("code");

    assertThat(app.consent(state, Scopes.split(ASKED)).status()).isEqualTo(400);
  }

  @Test
  @DisplayName("somebody else's request cannot be granted, nor without a sign-in")
  void grantsOnlyOnesOwn() {
    String state = app.pending(app.request(ASKED));
    App.of(Kind.PUBLIC);
    app.signOut();
    assertThat(app.consent(state, Scopes.split(ASKED)).redirect()).doesNotContainKey("code");
    app.signIn("drake");
    assertThat(app.consent(state, Scopes.split(ASKED)).status()).isEqualTo(400);
    app.signIn("alba");
    assertThat(app.consent(state, Scopes.split(ASKED)).redirect()).containsKey("code");
  }

  @Test
  @DisplayName("pitfall 14: whatever the nonce and the state are, they come back as they were")
  void keepsOddTexts() {
    var request = app.request(ASKED);
    request.put("state", "ü=&?% \"[]{}");
    Answer redirect = app.consent(app.pending(request), Scopes.split(ASKED));

    assertThat(redirect.redirect()).containsEntry("state", "ü=&?% \"[]{}");
  }
}

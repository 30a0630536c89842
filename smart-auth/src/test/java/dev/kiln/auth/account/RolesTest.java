package dev.kiln.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.auth.SmartScope;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {

  private final Roles roles = new Roles();

  @Test
  void allFourteenAreThere() {
    assertThat(roles.all())
        .extracting(Role::name)
        .containsExactlyInAnyOrder(
            "patient",
            "proxy",
            "physician",
            "nurse",
            "pharmacist",
            "lab-technician",
            "receptionist",
            "billing-clerk",
            "adjudicator",
            "civil-authority",
            "integration-engineer",
            "privacy-officer",
            "administrator",
            "auditor");
    assertThat(roles.all())
        .filteredOn(Role::secondFactor)
        .extracting(Role::name)
        .containsExactlyInAnyOrder("integration-engineer", "privacy-officer", "administrator");
  }

  @ParameterizedTest
  @CsvSource({
    "patient, patient/*.rs, true",
    "patient, patient/QuestionnaireResponse.crus, true",
    "patient, patient/Condition.u, false",
    "patient, user/Patient.r, false",
    "proxy, patient/Observation.c, false",
    "physician, user/*.rs, true",
    "physician, user/MedicationRequest.crus, true",
    "physician, patient/Condition.crus, true",
    "physician, user/Patient.d, false",
    "nurse, user/MedicationRequest.c, false",
    "nurse, user/Observation.crus, true",
    "pharmacist, user/DocumentReference.r, false",
    "pharmacist, user/Observation.rs, false",
    "lab-technician, user/Condition.rs, false",
    "receptionist, user/Condition.rs, false",
    "receptionist, user/Appointment.crus, true",
    "billing-clerk, user/Observation.rs, false",
    "adjudicator, user/ClaimResponse.crus, true",
    "adjudicator, user/Condition.rs, false",
    "civil-authority, user/Observation.rs, false",
    "integration-engineer, user/ConceptMap.crus, true",
    "integration-engineer, user/Patient.r, false",
    "integration-engineer, user/Subscription.c, false",
    "privacy-officer, user/AuditEvent.rs, true",
    "privacy-officer, user/Observation.rs, false",
    "administrator, user/Practitioner.crus, true",
    "administrator, user/Patient.r, false",
    "auditor, user/AuditEvent.rs, true",
    "auditor, user/AuditEvent.d, false",
  })
  void eachMayWhatItNeedsAndNoMore(String role, String scope, boolean allowed) {
    SmartScope wanted = SmartScope.of(scope).orElseThrow();
    assertThat(roles.ceiling(Set.of(role)).resources().stream().anyMatch(may -> may.covers(wanted)))
        .isEqualTo(allowed);
  }

  @Test
  void nobodyMayDeleteOrActForASystem() {
    assertThat(roles.all())
        .flatExtracting(Role::scopes)
        .noneMatch(scope -> scope.level() == SmartScope.Level.SYSTEM)
        .noneMatch(scope -> scope.interactions().contains(SmartScope.Interaction.DELETE));
  }

  @Test
  void someCategoriesOfATypeAreAllowedByTheirQuery() {
    SmartScope laboratory =
        SmartScope.of(
                "user/Observation.rs?category="
                    + "http://terminology.hl7.org/CodeSystem/observation-category|laboratory")
            .orElseThrow();
    assertThat(roles.ceiling(Set.of("pharmacist")).resources())
        .anyMatch(may -> may.covers(laboratory));
  }

  @Test
  void rolesAddUp() {
    SmartScope both = SmartScope.of("user/Coverage.crus").orElseThrow();
    assertThat(roles.ceiling(Set.of("pharmacist")).resources()).noneMatch(may -> may.covers(both));
    assertThat(roles.ceiling(Set.of("pharmacist", "receptionist")).resources())
        .anyMatch(may -> may.covers(both));
  }

  @ParameterizedTest
  @ValueSource(strings = {"account.manage", "client.manage"})
  void onlyAdministratorsSayWhoMayDoWhat(String right) {
    assertThat(roles.allowing(right)).containsExactly("administrator");
  }

  @Test
  void eachHasANameForPeople() {
    ResourceBundle messages =
        ResourceBundle.getBundle("dev.kiln.auth.page.messages", Locale.ENGLISH);
    assertThat(roles.all()).allMatch(role -> messages.containsKey("role." + role.name()));
  }

  @Test
  void anUnknownRoleIsNone() {
    assertThatThrownBy(() -> roles.ceiling(Set.of("superuser")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.kiln.auth.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.SmartScope;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class ConsentLinesTest {

  private final ResourceBundle messages =
      ResourceBundle.getBundle("dev.kiln.auth.page.messages", Locale.ENGLISH);

  @Test
  void scopesAreGroupedByWhoseDataTheyConcern() {
    Map<String, List<ConsentLine>> groups =
        ConsentLines.of(
            List.of("openid", "launch/patient", "user/Patient.rs", "patient/Condition.read"));
    assertThat(groups.keySet()).containsExactly("patient", "user", "other");
    assertThat(groups.get("patient").get(0).scope()).isEqualTo("patient/Condition.read");
    assertThat(groups.get("patient").get(0).actions()).containsExactly("action.see");
    assertThat(groups.get("other"))
        .extracting(ConsentLine::what)
        .containsExactly("scope.launch-patient");
  }

  @Test
  void aScopeOfACategorySaysWhichAndCannotBeNarrowedFurther() {
    ConsentLine line =
        ConsentLines.of(
                List.of(
                    "patient/Condition.rs?category="
                        + "http://hl7.org/fhir/us/core/CodeSystem/condition-category|health-concern"))
            .get("patient")
            .get(0);
    assertThat(line.only()).containsExactly("part.Condition.health-concern");
    assertThat(line.parts()).isEmpty();
  }

  @Test
  void anUnknownConditionOrScopeIsNotPassedOffAsKnown() {
    Map<String, List<ConsentLine>> groups =
        ConsentLines.of(List.of("patient/Observation.rs?code=x|1,2", "strange"));
    assertThat(groups.get("patient").get(0).only()).containsExactly("part.some");
    assertThat(groups.get("other").get(0).what()).isEqualTo("scope.unknown");
  }

  @Test
  void everyPartIsCoveredByItsWholeAndHasWords() {
    for (String scope : List.of("patient/*.cruds", "user/Condition.rs", "patient/Observation.s")) {
      SmartScope whole = SmartScope.of(scope).orElseThrow();
      List<ConsentLine.Part> parts = Parts.of(whole, "id");
      assertThat(parts).isNotEmpty();
      assertThat(parts)
          .allMatch(part -> whole.covers(SmartScope.of(part.scope()).orElseThrow()))
          .allMatch(part -> messages.containsKey(part.what()))
          .extracting(ConsentLine.Part::id)
          .doesNotHaveDuplicates();
    }
  }
}

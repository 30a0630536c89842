package dev.kiln.routes.hl7v2.segment.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.segment.SegmentSample;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Dg1Test {

  private static Condition condition(String line) {
    SegmentSample sample = SegmentSample.of(line);
    return Dg1.condition(
            sample.segment(), SegmentSample.PATIENT, SegmentSample.ENCOUNTER, sample.context())
        .orElseThrow();
  }

  private static Encounter diagnosed(String line) {
    SegmentSample sample = SegmentSample.of(line);
    Encounter encounter = new Encounter();
    Dg1.diagnose(encounter, sample.segment(), new Reference("Condition/c"), sample.context());
    return encounter;
  }

  @ParameterizedTest
  @CsvSource({
    "DG1|1||I20^Angina^I10,DG1|4||I20^ANGINA^I10|Chest|20260301|F,true",
    "DG1|1||I20^Angina^I10,DG1|1||I21^Angina^I10,false",
    "DG1|1||||,DG1|1||I21^Angina^I10,false"
  })
  void theSameCodeInTheSameVisitIsTheSameFact(String one, String other, boolean same) {
    String first = one.endsWith("||||") ? one.replace("||||", "||^Angina") : one;

    assertThat(condition(first).getId().equals(condition(other).getId())).isEqualTo(same);
  }

  @Test
  void itsOwnNumberNamesItWhateverTheCode() {
    String number = "|".repeat(17) + "N1^HOSP";

    assertThat(condition("DG1|1||I20" + number).getId())
        .isEqualTo(condition("DG1|1||I21" + number).getId());
  }

  @Test
  void theDescriptionIsTheTextOfACodeWithoutOne() {
    assertThat(condition("DG1|1||I20^Angina^I10|Chest tight").getCode().getText())
        .isEqualTo("Chest tight");
    assertThat(condition("DG1|1|||Chest tight").getCode().getText()).isEqualTo("Chest tight");
  }

  @Test
  void aDeletedDiagnosisIsAnErrorAndLeavesTheVisit() {
    String deleted = "DG1|1||I20" + "|".repeat(18) + "D";

    assertThat(condition(deleted).getVerificationStatus().getCodingFirstRep().getCode())
        .isEqualTo("entered-in-error");
    assertThat(diagnosed(deleted).hasDiagnosis()).isFalse();
    assertThat(diagnosed("DG1|1||I20||20260301|A").getDiagnosisFirstRep().getUse())
        .extracting(use -> use.getCodingFirstRep().getCode())
        .isEqualTo("AD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "first", "99999999999"})
  void aRankIsAPositiveNumber(String rank) {
    assertThat(diagnosed("DG1|1||I20" + "|".repeat(12) + rank).getDiagnosisFirstRep().hasRank())
        .isFalse();
  }

  @Test
  void withoutCodeAndTextThereIsNone() {
    SegmentSample sample = SegmentSample.of("DG1|1||^^I10||20260301");

    assertThat(Dg1.condition(sample.segment(), SegmentSample.PATIENT, null, sample.context()))
        .isEmpty();
    assertThat(sample.context().warnings())
        .containsExactly("DG1-3: empty, the diagnosis is not kept");
  }
}

package dev.kiln.routes.hl7v2.segment.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.segment.SegmentSample;
import java.util.Optional;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AL1, and IAM, which tells the same allergies. */
class Al1Test {

  private static Optional<AllergyIntolerance> allergy(String line) {
    SegmentSample sample = SegmentSample.of(line);
    return sample.segment().name().equals("AL1")
        ? Al1.allergy(sample.segment(), SegmentSample.PATIENT, sample.context())
        : Iam.allergy(sample.segment(), SegmentSample.PATIENT, sample.context());
  }

  private static String id(String line) {
    return allergy(line).orElseThrow().getIdElement().getIdPart();
  }

  @Test
  void theSameSubstanceIsTheSameFact() {
    String told = id("AL1|1|DA|70618^Penicillin^RXNORM|SV");

    assertThat(id("AL1|9|DA|70618^PENICILLIN^RXNORM")).isEqualTo(told);
    assertThat(id("IAM|1|DA|70618^Penicillin^RXNORM|||U")).isEqualTo(told);
    assertThat(id("AL1|1|DA|70618^Penicillin^L")).isNotEqualTo(told);
    assertThat(id("AL1|1|DA|^Penicillin")).isNotEqualTo(told);
  }

  @Test
  void withoutSubstanceThereIsNone() {
    SegmentSample sample = SegmentSample.of("AL1|1|DA|^^RXNORM|SV");

    assertThat(Al1.allergy(sample.segment(), SegmentSample.PATIENT, sample.context())).isEmpty();
    assertThat(sample.context().warnings())
        .containsExactly("AL1-3: empty, the allergy is not kept");
  }

  @ParameterizedTest
  @CsvSource({
    "DA,SV,medication,high,severe",
    "FA,MI,food,low,mild",
    "EA,MO,environment,,moderate",
    "AA,U,biologic,unable-to-assess,",
    "MC,ZZ,,,",
    ",,,,"
  })
  void typeAndSeverityAreFhirsWhereItHasThem(
      String type, String severity, String category, String criticality, String reaction) {
    AllergyIntolerance allergy =
        allergy("AL1|1|" + (type == null ? "" : type) + "|X|" + severity + "|Hives").orElseThrow();

    assertThat(allergy.hasCategory() ? allergy.getCategory().get(0).getCode() : null)
        .isEqualTo(category);
    assertThat(allergy.hasCriticality() ? allergy.getCriticality().toCode() : null)
        .isEqualTo(criticality);
    assertThat(
            allergy.getReactionFirstRep().hasSeverity()
                ? allergy.getReactionFirstRep().getSeverity().toCode()
                : null)
        .isEqualTo(reaction);
    assertThat(Origin.of(allergy.getClinicalStatus())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "A,C,confirmed,active",
    "U,I,confirmed,inactive",
    "A,E,entered-in-error,",
    "D,C,entered-in-error,",
    "D,'',entered-in-error,",
    "X,'',,active"
  })
  void theActionAndTheStatusAreRespected(
      String action, String status, String verification, String clinical) {
    AllergyIntolerance allergy =
        allergy("IAM|1|DA|X|||" + action + "|".repeat(11) + status).orElseThrow();

    assertThat(allergy.getVerificationStatus().getCodingFirstRep().getCode())
        .isEqualTo(verification);
    assertThat(allergy.getClinicalStatus().getCodingFirstRep().getCode()).isEqualTo(clinical);
  }
}

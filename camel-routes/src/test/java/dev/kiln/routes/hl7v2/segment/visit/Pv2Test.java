package dev.kiln.routes.hl7v2.segment.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.segment.SegmentSample;
import java.util.Optional;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PV2, and ROL, which adds to the same visit. */
class Pv2Test {

  private final Encounter visit = new Encounter();
  private final Patient patient = new Patient();

  private SegmentSample complete(String line) {
    SegmentSample sample = SegmentSample.of(line);
    if (sample.segment().name().equals("PV2")) {
      Pv2.complete(visit, sample.segment(), sample.context());
    } else {
      Rol.complete(patient, Optional.of(visit), sample.segment(), sample.context());
    }
    return sample;
  }

  @Test
  void theReasonThePriorityAndTheLengthAreTheVisits() {
    complete("PV2|||R07^Pain^I10" + "|".repeat(8) + "3.5" + "|".repeat(14) + "2");

    assertThat(visit.getReasonCodeFirstRep().getCodingFirstRep().getCode()).isEqualTo("R07");
    assertThat(visit.getLength().getValue()).hasToString("3.5");
    assertThat(visit.getPriority().getCodingFirstRep().getCode()).isEqualTo("UR");
  }

  @Test
  void aLengthThatIsNoNumberIsAWarning() {
    SegmentSample sample = complete("PV2" + "|".repeat(11) + "long");

    assertThat(visit.isEmpty()).isTrue();
    assertThat(sample.context().warnings()).containsExactly("PV2-11: not a number");
  }

  @ParameterizedTest
  @CsvSource({
    "AD,PP,1,0,",
    "UP,FHCP,1,0,",
    "AD,AT,0,1,ATND",
    "AD,OURS,0,1,OURS",
    "DE,AT,0,0,",
  })
  void aRoleIsInThePatientsCareOrInTheVisit(
      String action, String role, int general, int participants, String type) {
    complete("ROL|1|" + action + "|" + role + "|7^Eze^Uche");

    assertThat(patient.getGeneralPractitioner()).hasSize(general);
    assertThat(visit.getParticipant()).hasSize(participants);
    if (type != null) {
      assertThat(visit.getParticipantFirstRep().getTypeFirstRep().getCodingFirstRep().getCode())
          .isEqualTo(type);
    }
  }
}

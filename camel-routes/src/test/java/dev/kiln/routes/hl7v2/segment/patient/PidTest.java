package dev.kiln.routes.hl7v2.segment.patient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.segment.SegmentSample;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class PidTest {

  @Test
  void thePrimaryLanguageIsTheOneToSpeak() {
    SegmentSample sample = SegmentSample.of("PID|1||7^^^A^MR||||||||||||sv");
    Patient patient = Pid.patient(sample.segment(), sample.context());

    assertThat(patient.getCommunicationFirstRep().getPreferred()).isTrue();
  }
}

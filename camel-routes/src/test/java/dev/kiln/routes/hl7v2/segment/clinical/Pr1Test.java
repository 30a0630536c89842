package dev.kiln.routes.hl7v2.segment.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.segment.SegmentSample;
import org.hl7.fhir.r4.model.Procedure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pr1Test {

  private static Procedure procedure(String line) {
    SegmentSample sample = SegmentSample.of(line);
    return Pr1.procedure(
            sample.segment(), SegmentSample.PATIENT, SegmentSample.ENCOUNTER, sample.context())
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "202603011015+0100,90,2026-03-01T11:45:00+01:00",
    "202603011015+0100,'',",
    "202603011015+0100,0,",
    "202603011015+0100,-5,",
    "202603011015+0100,999999999,",
    "202603011015+0100,soon,",
    "20260301,90,"
  })
  void minutesEndAPeriodThatBeginsAtATime(String start, String minutes, String end) {
    Procedure procedure = procedure("PR1|1||X^Cast||" + start + "||" + minutes);

    assertThat(procedure.hasPerformedPeriod()).isEqualTo(end != null);
    assertThat(procedure.hasPerformedDateTimeType()).isEqualTo(end == null);
    if (end != null) {
      assertThat(procedure.getPerformedPeriod().getEndElement().getValueAsString()).isEqualTo(end);
    }
  }

  @Test
  void theSameProcedureAtAnotherTimeIsAnother() {
    assertThat(procedure("PR1|1||X^Cast||20260301").getId())
        .isEqualTo(procedure("PR1|2||X^cast||20260301|D").getId())
        .isNotEqualTo(procedure("PR1|1||X^Cast||20260302").getId());
  }

  @Test
  void peopleDoWhatTheirFieldSays() {
    Procedure procedure = procedure("PR1|1||X^Cast|||||1^Eze|||2^Amin|3^Hart");

    assertThat(procedure.getPerformer())
        .extracting(performer -> performer.getFunction().getCodingFirstRep().getCode())
        .containsExactly("88189002", "304292004", null);
  }

  @Test
  void aDeletedProcedureIsAnError() {
    assertThat(procedure("PR1|1||X" + "|".repeat(17) + "D").getStatus().toCode())
        .isEqualTo("entered-in-error");
    assertThat(procedure("PR1|1||X").getStatus().toCode()).isEqualTo("completed");
  }

  @Test
  void withoutCodeAndTextThereIsNone() {
    SegmentSample sample = SegmentSample.of("PR1|1||\"\"||20260301");

    assertThat(Pr1.procedure(sample.segment(), SegmentSample.PATIENT, null, sample.context()))
        .isEmpty();
    assertThat(sample.context().warnings())
        .containsExactly("PR1-3: empty, the procedure is not kept");
  }
}

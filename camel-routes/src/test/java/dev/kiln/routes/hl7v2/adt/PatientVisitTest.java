package dev.kiln.routes.hl7v2.adt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.hl7v2.er7.Message;
import org.hl7.fhir.r4.model.Encounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the events of a visit differ. */
class PatientVisitTest {

  private MessageContext context;

  private Encounter visit(String event, String... segments) {
    String msh = "MSH|^~\\&|ADT|HOSP|||20260301||ADT^" + event + "|MSG1|P|2.5";
    String[] all = new String[segments.length + 1];
    all[0] = msh;
    System.arraycopy(segments, 0, all, 1, segments.length);
    Message message = Sample.message(all);
    context = Sample.context(message);
    Hl7v2Translator translator =
        switch (event) {
          case "A01" -> new AdtA01();
          case "A03" -> new AdtA03();
          case "A04" -> new AdtA04();
          default -> new AdtA08();
        };
    return (Encounter) translator.translate(message, context).getEntry().get(1).getResource();
  }

  @ParameterizedTest
  @CsvSource({
    "A01,'',in-progress,MSH-9",
    "A01,20260302,finished,PV1-45",
    "A03,'',finished,MSH-9",
    "A04,'',arrived,MSH-9",
    "A08,'',unknown,",
    "A08,20260302,finished,PV1-45"
  })
  void theEventTellsTheStatus(String event, String ended, String status, String origin) {
    Encounter visit = visit(event, "PID|||1^^^A", "PV1||I" + "|".repeat(43) + ended);

    assertThat(visit.getStatus().toCode()).isEqualTo(status);
    assertThat(Origin.of(visit.getStatusElement()).orElse(null)).isEqualTo(origin);
    assertThat(Origin.isMentioned(visit)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "20260228,20260302,20260303,2026-03-02,",
    "20260228,'',20260303,2026-03-03,EVN-6",
    "20260228,'','',2026-03-04,",
    "20260228,'',20260227,2026-03-04,"
  })
  void aDischargeHasAnEnd(String began, String ended, String occurred, String end, String origin) {
    Encounter visit =
        visit(
            "A03",
            "EVN||20260304||||" + occurred,
            "PID|||1^^^A",
            "PV1||I" + "|".repeat(42) + began + "|" + ended);

    assertThat(visit.getPeriod().getEndElement().getValueAsString()).isEqualTo(end);
    if (ended.isEmpty()) {
      assertThat(Origin.of(visit.getPeriod().getEndElement()).orElse(null)).isEqualTo(origin);
    }
  }

  @Test
  void anEndThatIsMadeUpIsWarnedOf() {
    visit("A03", "EVN||20260304", "PID|||1^^^A", "PV1||I");

    assertThat(context.warnings())
        .contains("PV1-45: no end, the visit ends when the event was recorded");
  }

  @Test
  void aVisitWithoutPatientIsKept() {
    Encounter visit = visit("A01", "PV1||I");

    assertThat(visit.getSubject().getReference()).startsWith("Patient/");
    assertThat(context.warnings()).contains("PID: empty, nothing is said of who the patient is");
  }
}

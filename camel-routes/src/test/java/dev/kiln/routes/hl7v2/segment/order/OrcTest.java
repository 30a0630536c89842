package dev.kiln.routes.hl7v2.segment.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.segment.SegmentSample;
import java.util.Optional;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrcTest {

  private static Optional<ServiceRequest> request(String orc, String obr) {
    SegmentSample sample = SegmentSample.of(obr);
    return Orc.request(
        sample.segment(),
        Optional.of(SegmentSample.of(orc).segment()),
        SegmentSample.PATIENT,
        sample.context());
  }

  @ParameterizedTest
  @CsvSource({
    "RE,CM,completed",
    "NW,'',active",
    "OC,'',revoked",
    "NW,CA,revoked",
    "RE,'',unknown",
    "ZZ,ZZ,unknown"
  })
  void theStatusIsTheOrdersElseWhatIsDoneWithIt(String control, String status, String expected) {
    assertThat(
            request("ORC|" + control + "|P1|||" + status, "OBR|1|||GLU")
                .orElseThrow()
                .getStatus()
                .toCode())
        .isEqualTo(expected);
  }

  @Test
  void theOrderIsKnownByItsPlacersNumberWhoeverTellsOfIt() {
    assertThat(request("ORC|RE|P1^EHR", "OBR|1||F1|GLU").orElseThrow().getId())
        .isEqualTo(request("ORC|NW", "OBR|4|P1^EHR||GLU^Glucose").orElseThrow().getId())
        .isNotEqualTo(request("ORC|RE|P1^EHR", "OBR|1||F1|NA").orElseThrow().getId());
  }

  @Test
  void thereIsNoneOfWhichTheReportSaysEverything() {
    assertThat(request("ORC|RE||F1", "OBR|1||F1|GLU")).isEmpty();
    assertThat(request("ORC|RE" + "|".repeat(11) + "7^Eze", "OBR|1||F1|GLU")).isPresent();
    assertThat(request("ORC|RE" + "|".repeat(11) + "7^Eze", "OBR|1|||GLU")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"S,'',stat", "'',^^^^^A,asap", "'','',", "PRN,'',"})
  void thePriorityIsInObr5OrInTheTiming(String priority, String timing, String expected) {
    ServiceRequest request =
        request("ORC|RE|P1", "OBR|1|||GLU|" + priority + "|".repeat(22) + timing).orElseThrow();

    assertThat(request.hasPriority() ? request.getPriority().toCode() : null).isEqualTo(expected);
  }
}

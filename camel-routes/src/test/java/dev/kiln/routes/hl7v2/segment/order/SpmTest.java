package dev.kiln.routes.hl7v2.segment.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.segment.SegmentSample;
import org.hl7.fhir.r4.model.Specimen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpmTest {

  private static Specimen specimen(String line, String report) {
    SegmentSample sample = SegmentSample.of(line);
    return Spm.specimen(sample.segment(), SegmentSample.PATIENT, report, sample.context());
  }

  @Test
  void aSpecimenIsKnownByTheLaboratorysNumber() {
    assertThat(specimen("SPM|1|P1&EHR^F1&LAB||UR", "one").getId())
        .isEqualTo(specimen("SPM|3|^F1&LAB||BLD", "other").getId())
        .isNotEqualTo(specimen("SPM|1|P1&EHR||UR", "one").getId());
  }

  @Test
  void withoutNumberItIsKnownByItsReport() {
    assertThat(specimen("SPM|1|||UR", "one").getId())
        .isEqualTo(specimen("SPM|1|||UR", "one").getId())
        .isNotEqualTo(specimen("SPM|1|||UR", "other").getId());
    assertThat(specimen("SPM|1|||UR", "one").hasIdentifier()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "202603010700,2026-03-01T07:00:00+01:00,",
    "202603010700^202603010715,2026-03-01T07:00:00+01:00,2026-03-01T07:15:00+01:00",
    "20260301^20260228,2026-03-01,",
    "^^,,"
  })
  void collectionTakesATimeOrAPeriod(String sent, String start, String end) {
    var collection = specimen("SPM|1|||UR" + "|".repeat(13) + sent, "r").getCollection();

    if (sent.contains("^2")) {
      assertThat(collection.getCollectedPeriod().getStartElement().getValueAsString())
          .isEqualTo(start);
      assertThat(collection.getCollectedPeriod().getEndElement().getValueAsString()).isEqualTo(end);
    } else if (start == null) {
      assertThat(collection.isEmpty()).isTrue();
    } else {
      assertThat(collection.getCollectedDateTimeType().getValueAsString()).isEqualTo(start);
    }
  }

  @ParameterizedTest
  @CsvSource({"Y,available", "N,unavailable", "Q,", "'',"})
  void availabilityIsTheStatus(String sent, String status) {
    Specimen specimen = specimen("SPM|1|||UR" + "|".repeat(16) + sent, "r");

    assertThat(specimen.hasStatus() ? specimen.getStatus().toCode() : null).isEqualTo(status);
  }
}

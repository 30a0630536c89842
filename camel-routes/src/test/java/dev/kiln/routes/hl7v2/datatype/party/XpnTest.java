package dev.kiln.routes.hl7v2.datatype.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.Sample;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XpnTest {

  @ParameterizedTest
  @CsvSource({
    "20260101&20260201,2026-01-01,2026-02-01",
    "^^20260101^20260201,2026-01-01,2026-02-01",
    "20250101&20250201^^20260101,2026-01-01,"
  })
  void validityIsToldInOneComponentOrInTwo(String sent, String start, String end) {
    Period period =
        Xpn.name(Sample.field("Tench^^^^^^^^^" + sent), Sample.context()).orElseThrow().getPeriod();

    assertThat(period.getStartElement().getValueAsString()).isEqualTo(start);
    assertThat(period.getEndElement().getValueAsString()).isEqualTo(end);
  }
}

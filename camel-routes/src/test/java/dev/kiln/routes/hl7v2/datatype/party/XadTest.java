package dev.kiln.routes.hl7v2.datatype.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.Sample;
import org.hl7.fhir.r4.model.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XadTest {

  private static Address address(String sent) {
    return Xad.address(Sample.field(sent), Sample.context()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "12 Mill Lane,12 Mill Lane",
    "12 Mill Lane&Mill Lane&12,12 Mill Lane",
    "12&Mill Lane,12 Mill Lane",
    "&Mill Lane&12,Mill Lane 12",
    "Mill Lane&&12,Mill Lane 12"
  })
  void theStreetIsOneLineHoweverItIsDivided(String sent, String line) {
    assertThat(address(sent).getLine()).extracting(Object::toString).containsExactly(line);
  }

  @ParameterizedTest
  @CsvSource({"Fen,Fen", "&Fen,Fen", "F7&Fen,Fen", "F7,F7"})
  void theCountyIsANameWhereThereIsOne(String sent, String district) {
    assertThat(address("^^^^^^^^" + sent).getDistrict()).isEqualTo(district);
  }

  @ParameterizedTest
  @CsvSource({
    "20260101&20260201,2026-01-01,2026-02-01",
    "20260101,2026-01-01,",
    "^20260101^20260201,2026-01-01,2026-02-01",
    "20250101&20250201^20260101,2026-01-01,"
  })
  void validityIsToldInOneComponentOrInTwo(String sent, String start, String end) {
    var period = address("1 Way^^^^^^^^^^^" + sent).getPeriod();

    assertThat(period.getStartElement().getValueAsString()).isEqualTo(start);
    assertThat(period.getEndElement().getValueAsString()).isEqualTo(end);
  }

  @Test
  void withoutPlaceThereIsNone() {
    assertThat(Xad.address(Sample.field("&&^^^^^^H"), Sample.context())).isEmpty();
  }
}

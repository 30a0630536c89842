package dev.kiln.routes.hl7v2.datatype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TsTest {

  private final MessageContext context = Sample.context();

  @ParameterizedTest
  @CsvSource({
    "2026,2026",
    "202602,2026-02",
    "20260228,2026-02-28",
    "2026022807,2026-02-28T07:00:00+01:00",
    "202602280715,2026-02-28T07:15:00+01:00",
    "202607280715,2026-07-28T07:15:00+02:00",
    "20260228071530,2026-02-28T07:15:30+01:00",
    "20260228071530.1,2026-02-28T07:15:30.100+01:00",
    "20260228071530.12345,2026-02-28T07:15:30.123+01:00",
    "20260228071530-0330,2026-02-28T07:15:30-03:30",
    "202602280715+05,2026-02-28T07:15:00+05:00",
    "20260228071530.25+0000,2026-02-28T07:15:30.250Z",
    "20240229,2024-02-29"
  })
  void keepsPrecisionAndOffset(String sent, String expected) {
    assertThat(Ts.dateTime(Sample.field(sent), context).orElseThrow().getValueAsString())
        .isEqualTo(expected);
    assertThat(context.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20260230",
        "20261301",
        "00000000",
        "2026-02-28",
        "yesterday",
        "202602281",
        "2026022825",
        "20260228071560",
        "20260228071530+1500",
        "0000",
        "20250229"
      })
  void whatIsNoDateIsAWarning(String sent) {
    assertThat(Ts.dateTime(Sample.field(sent), context)).isEmpty();
    assertThat(context.warnings()).containsExactly("ZZZ-1: not a date");
  }

  @Test
  void theOffsetOfMsh7HoldsForTheMessage() {
    MessageContext abroad = Sample.context("MSH|^~\\&|A|B|||20260101-0500");

    assertThat(Ts.dateTime(Sample.field("202607280715"), abroad).orElseThrow().getValueAsString())
        .isEqualTo("2026-07-28T07:15:00-05:00");
  }

  @Test
  void aDayIsNoInstant() {
    assertThat(Ts.instant(Sample.field("20260228"), context)).isEmpty();
    assertThat(Ts.instant(Sample.field("202602280715"), context).orElseThrow().getValueAsString())
        .isEqualTo("2026-02-28T07:15:00+01:00");
  }

  @ParameterizedTest
  @CsvSource({
    "20260228,20260301,true",
    "20260228,20260228,true",
    "20260301,20260228,false",
    "202602281200,20260228,false",
    "202602281200,202602281100,false",
    "202602281200,20260301,true",
    "202602281200+0100,202602281130+0000,true"
  })
  void aPeriodEndsAfterItsStart(String start, String end, boolean kept) {
    var period = Ts.period(Sample.field(start), Sample.field(end), context).orElseThrow();

    assertThat(period.hasStart()).isTrue();
    assertThat(period.hasEnd()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"07,07:00:00", "0715,07:15:00", "071530.25,07:15:30", "071530-0500,07:15:30"})
  void timesOfDay(String sent, String expected) {
    assertThat(Ts.time(Sample.field(sent), context).orElseThrow().getValue()).isEqualTo(expected);
  }
}

package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Statement;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests' zone is Europe/Berlin. */
class MessageTimeTest {

  @ParameterizedTest
  @CsvSource({
    "20260301103000,20260301102900+0100,2026-03-01T09:29:00Z,2026-03-01T09:29:00.999999999Z",
    "20260301103000+0500,'',2026-03-01T05:30:00Z,2026-03-01T05:30:00.999999999Z",
    "20260301103000+0500,202603011029,2026-03-01T05:29:00Z,2026-03-01T05:29:59.999999999Z",
    "20260301103000,2026030110,2026-03-01T09:00:00Z,2026-03-01T09:59:59.999999999Z",
    "20260329,'',2026-03-28T23:00:00Z,2026-03-29T21:59:59.999999999Z",
    "202602,'',2026-01-31T23:00:00Z,2026-02-28T22:59:59.999999999Z",
    "2026,'',2025-12-31T23:00:00Z,2026-12-31T22:59:59.999999999Z",
    "20260301103000.25,'',2026-03-01T09:30:00.250Z,2026-03-01T09:30:00.250Z",
    "20260301103000,yesterday,2026-03-01T09:30:00Z,2026-03-01T09:30:00.999999999Z",
    "'','',,",
    "20261301,19,,"
  })
  void isAsLongAsItsPrecision(String made, String recorded, Instant earliest, Instant latest) {
    Statement statement =
        Sample.translate(
                "MSH|^~\\&|ADT|HOSP|||" + made + "||ADT^A08|1|P|2.5",
                "EVN|A08|" + recorded,
                "PID|||1^^^A")
            .statement();

    assertThat(statement.earliest()).isEqualTo(earliest);
    assertThat(statement.latest()).isEqualTo(latest);
    assertThat(statement.source()).isEqualTo("HOSP");
  }
}

package dev.kiln.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeCodeTest {

  /** The ASCII bytes 12345678901234567890 of RFC 6238, appendix B, in Base32. */
  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  /** The last six of the eight digits that RFC 6238, appendix B, gives for SHA-1. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037"
  })
  void codesAreThoseOfTheStandard(long seconds, String code) {
    assertThat(at(seconds).step(SECRET, code)).hasValue(seconds / 30);
  }

  @Test
  void oneStepBeforeAndAfterIsTakenAndNoMore() {
    assertThat(at(59 + 30).step(SECRET, "287082")).hasValue(1);
    assertThat(at(59 - 30).step(SECRET, "287082")).hasValue(1);
    assertThat(at(59 + 60).step(SECRET, "287082")).isEmpty();
    assertThat(at(59).step(SECRET, "287083")).isEmpty();
    assertThat(at(59).step(SECRET, "")).isEmpty();
  }

  private static TimeCode at(long seconds) {
    return new TimeCode(Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC));
  }
}

package dev.kiln.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

  private final Mask mask = new Mask(true);

  @ParameterizedTest
  @CsvSource({
    "Kettle^Copper, Xxxx^Xxxx",
    "19700501, 99999999",
    "197005, 999999",
    "1970-05-01, 99-99-99",
    "1970, 99",
    "5.6, 99.99",
    "K\u00f6rner^J\u00fcrgen, Xxxx^Xxxx",
    "\u6797, xxxx",
    "1 Oven St^^Springfield^IL^62701, 99 Xxxx Xxxx^^Xxxx^Xxxx^99",
    "20260301101500+0100, 99999999999999xxxx99"
  })
  void leavesTheForm(String value, String masked) {
    assertThat(mask.of(value, false)).isEqualTo(masked);
  }

  /** Words that say yes or no, more or less, look alike. */
  @Test
  void tellsNoAnswerFromAnother() {
    for (String[] alike :
        new String[][] {
          {"true", "false"},
          {"male", "female"},
          {"+", "-"},
          {"A+", "A-"},
          {"<", ">"},
          {"0", "100"},
          {"Positive", "Negative"},
          {"-5", "+5"},
          {"9.9", "99.9"},
          {"Y", "N"}
        }) {
      assertThat(mask.of(alike[0], false)).isEqualTo(mask.of(alike[1], false));
    }
  }

  @Test
  void leavesWhatIsOpenAndEverythingWhereItIsOff() {
    assertThat(mask.of("ADT^A01", true)).isEqualTo("ADT^A01");
    assertThat(new Mask(false).of("Kettle", false)).isEqualTo("Kettle");
    assertThat(mask.of(null, false)).isNull();
  }
}

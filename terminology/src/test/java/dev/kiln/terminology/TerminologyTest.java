package dev.kiln.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminologyTest {

  private final Terminology terminology = Terminology.bundled();

  @Test
  void tablesHoldTheirCodesAndNoOthers() {
    assertThat(terminology.tables().holds("0136", "Y")).isTrue();
    assertThat(terminology.tables().holds("0136", "60001007")).isFalse();
    assertThat(terminology.tables().holds("9999", "Y")).isFalse();
  }

  @Test
  void unitsFollowTheGrammar() {
    assertThat(terminology.units().isUnit("mmol/L")).isTrue();
    assertThat(terminology.units().isUnit("m[IU]/L")).isTrue();
    assertThat(terminology.units().isUnit("mIU/L")).isFalse();
  }
}

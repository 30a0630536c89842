package dev.kiln.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.ops.HaltAt.Moment;
import dev.kiln.routes.Progress.Step;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HaltAtTest {

  private final AtomicInteger halts = new AtomicInteger();

  @Test
  void haltsTheNamedTimeOfTheNamedStepAndNoOther() {
    HaltAt haltAt = new HaltAt(Moment.valueOf("LEASED:3"), halts::incrementAndGet);
    haltAt.reached(Step.LEASED);
    haltAt.reached(Step.LEASED);
    haltAt.reached(Step.RAW_COMMITTED);
    haltAt.reached(Step.MARKED_DONE);
    assertThat(halts).hasValue(0);
    haltAt.reached(Step.LEASED);
    assertThat(halts).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void neverHaltsWhereNobodyAsked(Step step) {
    new HaltAt(Moment.valueOf(""), halts::incrementAndGet).reached(step);
    assertThat(halts).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void everyStepCanBeNamed(Step step) {
    assertThat(Moment.valueOf(step + ":12")).isEqualTo(new Moment(step, 12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LEASED",
        "LEASED:",
        "LEASED:0",
        "LEASED:-1",
        "LEASED:1:2",
        "leased:1",
        "X:1",
        ":1",
        "LEASED:9999999999"
      })
  void anythingElseIsRefusedWithTheStepsThatThereAre(String text) {
    assertThatThrownBy(() -> Moment.valueOf(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RAW_COMMITTED, ACK_SENT, LEASED, BUNDLE_COMMITTED, MARKED_DONE");
  }
}

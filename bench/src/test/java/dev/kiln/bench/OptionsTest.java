package dev.kiln.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void whatIsNotGivenHasItsDefault() {
    Options options = Options.of(new String[] {"faults", "--rounds", "3", "--json"}, "rounds");
    assertThat(options.number("rounds", 20)).isEqualTo(3);
    assertThat(options.number("random", 20)).isEqualTo(20);
    assertThat(options.wantsJson()).isTrue();
    assertThat(Options.of(new String[] {"faults"}).wantsJson()).isFalse();
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> Options.of(new String[] {"faults", "--round", "3"}, "rounds"))
        .hasMessageContaining("--round");
    assertThatThrownBy(() -> Options.of(new String[] {"faults", "--rounds"}, "rounds"))
        .hasMessageContaining("--rounds wants a value");
    assertThatThrownBy(
            () ->
                Options.of(new String[] {"faults", "--rounds", "many"}, "rounds")
                    .number("rounds", 1))
        .hasMessageContaining("many");
  }
}

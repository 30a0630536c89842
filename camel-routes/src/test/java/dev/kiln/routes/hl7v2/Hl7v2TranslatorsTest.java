package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.routes.hl7v2.adt.AdtA01;
import java.util.List;
import org.junit.jupiter.api.Test;

class Hl7v2TranslatorsTest {

  @Test
  void twoTranslatorsOfOneTriggerDoNotStart() {
    assertThatThrownBy(() -> new Hl7v2Translators(List.of(new AdtA01(), new AdtA01())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ADT^A01");
  }

  @Test
  void translatorsAreFoundByTheirTrigger() {
    Hl7v2Translators translators = new Hl7v2Translators(List.of(new AdtA01()));

    assertThat(translators.of("ADT^A01")).isPresent();
    assertThat(translators.of("ADT^A99")).isEmpty();
  }
}

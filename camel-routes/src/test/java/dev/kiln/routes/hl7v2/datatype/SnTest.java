package dev.kiln.routes.hl7v2.datatype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.Sample;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnTest {

  @ParameterizedTest
  @CsvSource({
    ">^60,Quantity",
    "=^60,Quantity",
    "^60,Quantity",
    "^1^:^128,Ratio",
    "^10^-^20,Range",
    "^20^-^10,string",
    "^2^+,string",
    "<>^5,string",
    "^many,string"
  })
  void structuredNumbersTakeTheirForm(String sent, String type) {
    Type value = Sn.value(Sample.field(sent), () -> new Quantity().setUnit("g"));

    assertThat(value.fhirType()).isEqualTo(type);
    assertThat(value.isEmpty()).isFalse();
  }

  @Test
  void numbersKeepTheirDigits() {
    assertThat(Nm.decimal("7.10")).hasToString("Optional[7.10]");
    assertThat(Nm.decimal("+.5").orElseThrow().toPlainString()).isEqualTo("0.5");
    assertThat(Stream.of("1e9", "1,000", "", "-", "1.2.3", "<5", "1".repeat(40)))
        .allMatch(text -> Nm.decimal(text).isEmpty());
  }
}

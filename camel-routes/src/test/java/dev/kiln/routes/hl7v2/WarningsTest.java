package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Warnings are logged and shown to those who may not see charts. */
class WarningsTest {

  @Test
  void warningsNameTheFieldAndNoValue() {
    String canary = "Quetzalcoatl";
    List<String> warnings =
        Sample.format()
            .translate(
                Sample.bytes(
                    "MSH|^~\\&|LAB|HOSP|||20260301||ORU^R01|1|P|2.5||||||" + canary,
                    "PID|||"
                        + canary
                        + "||"
                        + canary
                        + "||"
                        + canary
                        + "|"
                        + canary
                        + "|||||||||"
                        + canary,
                    "PV1||" + canary + "|||||||||||||||||" + canary,
                    "OBR||||" + canary + "|||" + canary + "||||||||||||||||||" + canary,
                    "OBX||"
                        + canary
                        + "|||"
                        + canary
                        + "|"
                        + canary
                        + "^^UCUM||"
                        + canary
                        + "|||"
                        + canary,
                    "OBX||NM|||" + canary + "|||||||||" + canary,
                    "OBX||ED|||^^^Base64^" + canary + "||||||F"))
            .warnings();

    assertThat(warnings)
        .hasSizeGreaterThan(10)
        .noneMatch(warning -> warning.contains(canary))
        .contains(
            "PID-3: no assigning authority",
            "PID-7: not a date",
            "PID-8: the code is not in table 0001",
            "OBX[2]-5: kept as text, it has not the form that OBX-2 says");
  }
}

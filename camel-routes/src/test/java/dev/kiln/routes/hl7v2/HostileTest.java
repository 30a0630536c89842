package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.inbox.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages that are legal in form and made to overflow a stack, fill a memory or never end. The
 * time limit tells an endless search from a slow machine; it measures nothing.
 */
@Timeout(60)
class HostileTest {

  private static final String HEADER = "MSH|^~\\&|A|B|C|D|20260101||";

  private final Hl7v2Format format = Sample.format();

  static Stream<String> hostile() {
    String oid = "1" + ".1".repeat(20_000);
    String digits = "1".repeat(20_000);
    String unit = "m" + ".m".repeat(20_000);
    return Stream.of(
        HEADER + "ADT^A01|1|P|2.5\rPID|1||1^^^X&" + oid + "&ISO^MR",
        HEADER
            + "ORU^R01|1|P|2.5\rPID|1||1\rOBR|1|||x\rOBX|1|NM|x||1|"
            + unit
            + "^^UCUM|"
            + digits
            + "-"
            + digits
            + "x",
        HEADER + "ORU^R01|1|P|2.5\rPID|1||1\rOBR|1|||x" + "\rOBX|1|NM|||x".repeat(5_000),
        HEADER + "ORU^R01|1|P|2.5\rPID|1||1\rOBR|1|||x\rOBX|1|ST|x||" + "\\E\\".repeat(100_000),
        HEADER + "ADT^A01|1|P|2.5\rPID|1||1" + "\rx".repeat(90_000),
        HEADER + "ADT^A01|1|P|2.5\rPID|1||" + "~".repeat(100_000),
        HEADER + "ADT^A01|1|P|2.5\rPID|1||1" + "^&".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void isTranslatedAllTheSame(String message) {
    byte[] raw = message.getBytes(StandardCharsets.UTF_8);
    assertThat(format.judge(raw).isAccepted()).isTrue();
    Bundle bundle = format.translate(raw).statement().bundle();
    assertThat(bundle.getEntryFirstRep().getResource().fhirType()).isIn("Patient", "Binary");
  }

  @Test
  void aVersionWithoutEndIsRefused() {
    byte[] raw =
        (HEADER + "ADT^A01|1|P|2.5" + ".1".repeat(20_000) + "\rPID|1||1")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(format.judge(raw).refusal().reason()).isEqualTo(RejectReason.UNSUPPORTED_VERSION);
  }

  @Test
  void aFrameOfNothingButSegmentsIsRefused() {
    byte[] raw =
        (HEADER + "ADT^A01|C7|P|2.5" + "\rOBX".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
    Receipt receipt = format.judge(raw);
    assertThat(receipt.refusal().reason()).isEqualTo(RejectReason.NOT_HL7);
    assertThat(new String(format.acknowledge(raw, receipt), StandardCharsets.UTF_8))
        .contains("MSA|AR|C7");
  }
}

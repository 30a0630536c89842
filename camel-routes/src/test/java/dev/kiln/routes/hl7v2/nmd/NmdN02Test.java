package dev.kiln.routes.hl7v2.nmd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.TestMessages.TestMessage;
import dev.kiln.routes.inbox.Translation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class NmdN02Test {

  private static final String MSH =
      "MSH|^~\\&|KILN|TEST|KILN|lab|20260301101500+0100||NMD^N02^NMD_N02|1|D|2.5.1";

  private final NmdTestMessages messages = new NmdTestMessages(Clock.systemUTC());

  @Test
  void becomesNothing() {
    Translation told = Sample.translate(MSH, "NCK|20260301101500+0100", "NST|Y", "NTE|||a word");
    assertThat(told.statement().bundle().getEntry()).isEmpty();
    assertThat(told.warnings()).isEmpty();
    assertThat(told.unread()).contains("NST-1", "NTE-3").doesNotContain("NCK-1");
  }

  @Test
  void aClockThatIsNoTimeIsWarnedOf() {
    assertThat(Sample.translate(MSH, "NCK|noon").warnings())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("NCK-1: ");
  }

  /** Whatever is about somebody is kept, whatever its type says. */
  @Test
  void withSegmentsOfOthersItIsKeptAsADocument() {
    Translation told = Sample.translate(MSH, "NCK|20260301101500+0100", "PID|||4711^^^HOSP^MR");
    assertThat(told.statement().bundle().getEntry())
        .extracting(entry -> entry.getResource().fhirType())
        .contains("DocumentReference", "Binary", "Patient");
  }

  @Test
  void aTestMessageIsAcceptedInNoPatientsLaneAndReadWhole() {
    TestMessage message = messages.to("lab");
    Receipt receipt = Sample.format().judge(message.bytes());
    assertThat(receipt.isAccepted()).isTrue();
    assertThat(receipt.lanes()).isEmpty();
    assertThat(receipt.controlId()).isEqualTo(message.controlId());
    Translation told = Sample.format().translate(message.bytes());
    assertThat(told.statement().bundle().getEntry()).isEmpty();
    assertThat(told.warnings()).isEmpty();
    assertThat(told.unread()).isEmpty();
    assertThat(messages.to("lab").controlId()).isNotEqualTo(message.controlId());
  }

  @Test
  void onlyItsOwnAcknowledgementAccepts() {
    TestMessage message = messages.to("lab");
    byte[] answer =
        Sample.format().acknowledge(message.bytes(), Sample.format().judge(message.bytes()));
    assertThat(messages.isAccepted(answer, message)).isTrue();
    assertThat(messages.isAccepted(answer, messages.to("lab"))).isFalse();
    String refused = new String(answer, StandardCharsets.UTF_8).replace("|AA|", "|AE|");
    assertThat(messages.isAccepted(refused.getBytes(StandardCharsets.UTF_8), message)).isFalse();
    assertThat(messages.isAccepted(new byte[0], message)).isFalse();
    assertThat(messages.isAccepted("AA 1".getBytes(StandardCharsets.UTF_8), message)).isFalse();
  }
}

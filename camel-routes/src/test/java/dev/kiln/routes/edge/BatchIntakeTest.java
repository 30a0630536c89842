package dev.kiln.routes.edge;

import static dev.kiln.routes.edge.KeptMessages.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.edge.KeptMessages.Refused;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.inbox.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Each message of a batch is taken in by itself, and none overtakes another. */
class BatchIntakeTest {

  private final KeptMessages kept = new KeptMessages();
  private final BatchIntake intake = new BatchIntake(Sample.format(), kept);

  private Answer accept(String content) {
    return intake.accept(KeptMessages.bytes(content), StandardCharsets.ISO_8859_1);
  }

  private static String text(Answer answer) {
    return KeptMessages.text(answer.bytes());
  }

  @Test
  void oneMessageHasItsOwnAnswer() {
    assertThat(text(accept(message("M1")))).isEqualTo("AA M1");
    assertThat(kept.accepted).containsExactly(message("M1"));
  }

  @Test
  void eachIsTakenInByItselfAndInOrder() {
    String bad = message("M2", "version 3");
    Answer answer = accept("BHS|^~\\&\r" + message("M1") + bad + message("M3") + "BTS|3\r");
    assertThat(kept.accepted).containsExactly(message("M1"), message("M3"));
    assertThat(kept.refused).containsExactly(new Refused(RejectReason.UNSUPPORTED_VERSION, bad));
    assertThat(text(answer)).endsWith("AA M1AR M2AA M3BTS|3\r");
    assertThat(answer.refusal()).isEqualTo(RejectReason.UNSUPPORTED_VERSION);
  }

  @Test
  void nothingOvertakesAMessageThatIsToBeSentAgain() {
    for (String why : new String[] {"disk full", "fault", "overflow"}) {
      kept.accepted.clear();
      Answer answer = accept(message("M1") + message("M2", why) + message("M3") + message("M4"));
      assertThat(kept.accepted).as(why).containsExactly(message("M1"));
      assertThat(text(answer)).endsWith("AA M1AE M2AE M3AE M4BTS|4\r");
      assertThat(answer.refusal()).isEqualTo(RejectReason.NOT_STORED);
    }
  }

  @Test
  void whatStandsAroundTheMessagesIsKeptWhereItIsWrong() {
    String batch = "BHS|^~\\&|||||||||B1\r" + message("M1") + "BTS|2\r";
    Answer answer = accept(batch);
    assertThat(kept.refused).containsExactly(new Refused(RejectReason.WRONG_BATCH, batch));
    assertThat(kept.accepted).containsExactly(message("M1"));
    assertThat(text(answer)).contains("AA M1MSH|", "MSA|AR|B1\r", "WRONG_BATCH");
    assertThat(answer.refusal()).isEqualTo(RejectReason.WRONG_BATCH);
  }
}

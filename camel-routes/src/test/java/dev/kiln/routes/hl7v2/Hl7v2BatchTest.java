package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.MessageBatch;
import dev.kiln.routes.inbox.MessageFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a sender of batches hears. */
class Hl7v2BatchTest {

  private static final String FHS = "FHS|^~\\&|LAB|HOSP|KILN|HUB|20260101||||F1\r";
  private static final String BHS = "BHS|^~\\&|LAB|HOSP|KILN|HUB|20260101||||B1\r";

  private final MessageFormat format = Sample.format();

  private static String message(String id) {
    return "MSH|^~\\&|LAB|HOSP|KILN|HUB|20260101||ADT^A01|" + id + "|P|2.5.1\rPID|1||" + id + "\r";
  }

  private MessageBatch batch(String text) {
    return format.batch(text.getBytes(StandardCharsets.ISO_8859_1)).orElseThrow();
  }

  private String answer(MessageBatch batch) {
    return text(
        batch.answer(answers(batch), batch.fault() == null ? null : batch.fault().reason()));
  }

  private List<Answer> answers(MessageBatch batch) {
    List<Answer> answers = new ArrayList<>();
    for (byte[] message : batch.messages()) {
      var receipt = format.judge(message);
      answers.add(
          new Answer(
              format.acknowledge(message, receipt),
              format.charset(message),
              receipt.isAccepted() ? null : receipt.refusal().reason()));
    }
    return answers;
  }

  /** Without what is another one each time: times and control ids. */
  private static String text(Answer answer) {
    return new String(answer.bytes(), StandardCharsets.ISO_8859_1)
        .replaceAll("\\d{14}\\.\\d{3}[+-]\\d{4}", "TIME")
        .replaceAll("[0-9a-f]{20}", "ID");
  }

  @Test
  void oneMessageIsNoBatch() {
    assertThat(format.batch(message("M1").getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(format.batch("no message".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(format.batch(new byte[0])).isEmpty();
    String embedded = message("M1") + "OBX|1|TX|A||first\nBHS and BTS are names\r";
    assertThat(format.batch(embedded.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void aFileOfTwoBatchesIsAnsweredByOne() {
    String second = BHS.replace("B1", "B2");
    MessageBatch batch =
        batch(
            FHS
                + BHS
                + message("M1")
                + message("M2")
                + "BTS|2\r"
                + second
                + message("M3")
                + "BTS|1\rFTS|2\r");
    assertThat(batch.fault()).isNull();
    assertThat(batch.messages())
        .extracting(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .containsExactly(message("M1"), message("M2"), message("M3"));
    String ack = "MSH|^~\\&|KILN|HUB|LAB|HOSP|TIME||ACK^A01^ACK|ID|P|2.5.1\rMSA|AA|";
    assertThat(answer(batch))
        .isEqualTo(
            "FHS|^~\\&|KILN|HUB|LAB|HOSP|TIME||||ID|F1\r"
                + "BHS|^~\\&|KILN|HUB|LAB|HOSP|TIME||||ID|B1\r"
                + (ack + "M1\r")
                + (ack + "M2\r")
                + "BTS|2\r"
                + "BHS|^~\\&|KILN|HUB|LAB|HOSP|TIME||||ID|B2\r"
                + (ack + "M3\r")
                + "BTS|1\rFTS|2\r");
  }

  @Test
  void itsSeparatorsAreThoseOfTheBatch() {
    MessageBatch batch = batch("BHS#*~\\&#LAB#HOSP#KILN#HUB#####B1\r" + message("M1") + "BTS#1#\r");
    assertThat(batch.fault()).isNull();
    assertThat(answer(batch))
        .startsWith("BHS#*~\\&#KILN#HUB#LAB#HOSP#TIME####ID#B1\rMSH|^~\\&|KILN")
        .endsWith("BTS#1\r");
  }

  @Test
  void severalInARowAreABatchWithoutABeginning() {
    MessageBatch batch = batch("\r\n" + message("M1") + "\n" + message("M2"));
    assertThat(batch.fault()).isNull();
    assertThat(batch.messages()).hasSize(2);
    assertThat(answer(batch)).startsWith("BHS|^~\\&|||||TIME||||ID\rMSH|").endsWith("BTS|2\r");
  }

  @Test
  void countsThatAreWrongAreSaid() {
    MessageBatch batch = batch(FHS + BHS + message("M1") + "BTS|2\rFTS|many\r");
    assertThat(batch.messages()).hasSize(1);
    assertThat(batch.fault().reason()).isEqualTo(RejectReason.WRONG_BATCH);
    assertThat(batch.fault().detail())
        .isEqualTo("BTS-1 says 2 messages, and 1 came. FTS-1 is no number.");
    assertThat(answer(batch))
        .contains("MSA|AA|M1\r")
        .contains(
            "MSA|AR|B1\rERR|||100^Segment sequence error^HL70357|E|WRONG_BATCH|||BTS-1 says 2")
        .endsWith("BTS|2|BTS-1 says 2 messages, and 1 came. FTS-1 is no number.\rFTS|1\r");
    assertThat(batch(FHS + BHS + message("M1") + "BTS\rFTS|2\r").fault().detail())
        .isEqualTo("FTS-1 says 2 batches, and 1 came.");
  }

  @Test
  void anEnvelopeThatIsBrokenIsSaid() {
    assertThat(fault(BHS + message("M1"))).contains("has no BTS");
    assertThat(fault(FHS + BHS + message("M1") + "BTS|1\r")).contains("FHS has no FTS");
    assertThat(fault(FHS + BHS + message("M1") + "FTS|1\r")).contains("no BTS before FTS");
    assertThat(fault(BHS + message("M1") + BHS + message("M2") + "BTS|1\r"))
        .contains("follows another one");
    assertThat(fault(message("M1") + message("M2") + "BTS|2\r")).contains("has no BHS");
    assertThat(fault(message("M1") + message("M2") + "FTS|1\r")).contains("has no FHS");
    assertThat(fault(BHS + message("M1") + "BTS|1\r" + FHS)).contains("not at the beginning");
    assertThat(fault(FHS + BHS + message("M1") + "BTS|1\rFTS|1\r" + message("M2")))
        .contains("follows FTS");
    assertThat(fault(BHS + "NTE|1\r" + message("M1") + "BTS|1\r")).contains("no part of a message");
    assertThat(fault("junk\r" + message("M1") + message("M2"))).contains("no part of a message");
  }

  private String fault(String text) {
    return batch(text).fault().detail();
  }

  @Test
  void aBatchOfNothingIsAnsweredByNothing() {
    MessageBatch batch = batch(BHS + "BTS|0\r");
    assertThat(batch.fault()).isNull();
    assertThat(answer(batch)).endsWith("|ID|B1\rBTS|0\r");
  }

  @Test
  void moreMessagesThanCanBeAnsweredAreRefusedTogether() {
    MessageBatch batch = batch(message("M").repeat(10_001));
    assertThat(batch.messages()).isEmpty();
    assertThat(batch.fault().detail()).contains("more than 10000");
    assertThat(answer(batch)).contains("MSA|AR").contains("BTS|1|It holds more");
  }

  @Test
  void theWorstIsWhatIsSaidOfAll() {
    MessageBatch batch = batch(message("M1") + message("M2") + message("M3"));
    Answer good = answers(batch).get(0);
    Answer wrong = new Answer(good.bytes(), good.charset(), RejectReason.UNSUPPORTED_VERSION);
    Answer dead = new Answer(good.bytes(), good.charset(), RejectReason.NOT_APPLIED);
    Answer lost = new Answer(good.bytes(), good.charset(), RejectReason.NOT_STORED);
    assertThat(batch.answer(List.of(good, good, good), null).refusal()).isNull();
    assertThat(batch.answer(List.of(good, wrong, good), null).refusal())
        .isEqualTo(RejectReason.UNSUPPORTED_VERSION);
    assertThat(batch.answer(List.of(wrong, dead, good), null).refusal())
        .isEqualTo(RejectReason.NOT_APPLIED);
    assertThat(batch.answer(List.of(wrong, dead, lost), null).refusal())
        .isEqualTo(RejectReason.NOT_STORED);
    Answer silent = new Answer(new byte[0], good.charset(), null);
    assertThat(text(batch.answer(List.of(good, silent, good), null))).endsWith("BTS|2\r");
  }
}

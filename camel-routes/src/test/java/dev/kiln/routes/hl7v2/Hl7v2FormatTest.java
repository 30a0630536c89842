package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7v2FormatTest {

  private static final String MSH = "MSH|^~\\&|ADT|HOSP|KILN|HUB|20260301103000+0100||";

  private final Hl7v2Format format = Sample.format();

  private Receipt judge(String text) {
    return format.judge(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String acknowledge(String text) {
    byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
    return new String(format.acknowledge(raw, format.judge(raw)), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ADT^A01|1|P|2.5.1\rPID|||1",
        "ADT^A01^ADT_A01|1|p^T|2.3\rPID|||1",
        "ADT_A01|1||\rEVN|A01\rPID|||1",
        "ADT|1||2.31\rEVN|A01\rPID|||1",
        "ORU^R01|1|T|2.8.2\rPID|||1\rOBX|1",
        "ORU_R01|1|D|2.1^USA\rPID|||1\rOBR|1"
      })
  void accepts(String rest) {
    Receipt receipt = judge(MSH + rest);

    assertThat(receipt.refusal()).isNull();
    assertThat(receipt.sender()).isEqualTo("ADT|HOSP");
    assertThat(receipt.controlId()).isEqualTo("1");
    assertThat(receipt.type()).isIn("ADT^A01", "ORU^R01");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "NOT_HL7;;PID|1",
        "NOT_HL7;MSH^2;MSH|^~\\&|A|B|||||ADT^A01|1|P|2.5rPID|1rMSH|^~\\&|A|B",
        "NOT_HL7;;FHS|^~\\&|A|BrMSH|^~\\&|A|B|||||ADT^A01|1|P|2.5",
        "UNSUPPORTED_MESSAGE_TYPE;MSH^1^9;MSH|^~\\&|A|B||||||1|P|2.5rPID|1",
        "UNSUPPORTED_VERSION;MSH^1^12;MSH|^~\\&|A|B|||||ADT^A01|1|P|3.0rPID|1",
        "UNSUPPORTED_PROCESSING_ID;MSH^1^11;MSH|^~\\&|A|B|||||ADT^A01|1|X|2.5rPID|1",
        "UNSUPPORTED_CHARSET;MSH^1^18;MSH|^~\\&|A|B|||||ADT^A01|1|P|2.5||||||XrPID|||1||\u00fc",
        "FRAGMENT;;MSH|^~\\&|A|B|||||ADT^A01|1|P|2.5rPID|1rPV"
      })
  void refuses(RejectReason reason, String location, String text) {
    String message = text.replaceAll("r(?=[A-Z]{2})", "\r");
    Receipt receipt = judge(message);

    assertThat(receipt.refusal()).isNotNull();
    assertThat(receipt.refusal().reason()).isEqualTo(reason);
    assertThat(receipt.refusal().location()).isEqualTo(location == null ? "" : location);
    String[] segments = acknowledge(message).split("\r");
    assertThat(segments[1]).startsWith("MSA|AR");
    assertThat(segments[2])
        .startsWith(
            "ERR||"
                + receipt.refusal().location()
                + "|"
                + reason.condition()
                + "^"
                + reason.text()
                + "^HL70357|E|"
                + reason.name()
                + "|||");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> format.translate(message.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @ParameterizedTest
  @CsvSource({
    "ADT^A01||P|2.5,'MSH-10: empty, the message is known by its bytes alone'",
    "ADT^A01|1|P|2.999,MSH-12: no version of HL7 v2",
    "ADT^A01|1|N|2.1.,MSH-12: no version of HL7 v2",
    "MDM^T02|1|P|2.5,'MSH-9: no translator for MDM^T02, kept as a document'",
    "ADT_A01|1|P|2.5,'MSH-9: no translator for ADT_A01, kept as a document'"
  })
  void takesInWithAWarning(String rest, String warning) {
    byte[] raw = (MSH + rest + "\rPID|||1").getBytes(StandardCharsets.UTF_8);

    assertThat(format.judge(raw).refusal()).isNull();
    assertThat(format.translate(raw).warnings()).contains(warning);
  }

  @Test
  void messagesWithoutNumberAreToldApartByTheirBytes() {
    assertThat(patient("PID|||||Doe^Jo")).isEqualTo(patient("PID|||||Doe^Jo"));
    assertThat(patient("PID|||||Doe^Jo")).isNotEqualTo(patient("PID|||||Doe^Al"));
  }

  private String patient(String pid) {
    return Sample.translate(MSH + "ADT^A08||P|2.5", pid)
        .statement()
        .bundle()
        .getEntryFirstRep()
        .getRequest()
        .getUrl();
  }

  @ParameterizedTest
  @CsvSource({
    "AL,NE,CA,CR",
    "AL,'',CA,CR",
    "'',NE,CA,CR",
    "'',AL,CA,CR",
    "XX,'',CA,CR",
    "NE,AL,,",
    "ER,'',,CR",
    "su,'',CA,",
    "'','',AA,AR"
  })
  void theEnhancedModeSaysWhenToAcknowledge(
      String accept, String application, String accepted, String refused) {
    String rest = "ADT^A01|MSG1|P|%s|||" + accept + "|" + application + "\rPID|||1";

    for (String[] expected : new String[][] {{"2.5", accepted}, {"3.0", refused}}) {
      String answer = acknowledge(MSH + rest.formatted(expected[0]));
      if (expected[1] == null) {
        assertThat(answer).isEmpty();
      } else {
        assertThat(answer).contains("\rMSA|" + expected[1] + "|MSG1\r");
      }
    }
  }

  @Test
  void whatCouldNotBeCommittedIsAnErrorInTheEnhancedMode() {
    byte[] raw = (MSH + "ADT^A01|9|P|2.5|||AL\rPID|||1").getBytes(StandardCharsets.UTF_8);
    Receipt refused =
        format.judge(raw).refusedBecause(new Refusal(RejectReason.NOT_STORED, "", "Disk full."));

    assertThat(new String(format.acknowledge(raw, refused), StandardCharsets.UTF_8))
        .contains("\rMSA|CE|9\r");
  }

  @ParameterizedTest
  @CsvSource({"||,1", "LAB|HOSP,''"})
  void twoNamelessPeopleOfMessagesThatNothingTellsApartStayTwo(String sender, String number) {
    String header = "MSH|^~\\&|" + sender.replace("||", "|") + "|||20260301||ADT^A01|" + number;
    List<String> patients = new ArrayList<>();
    for (String name : List.of("Kettle", "Pan")) {
      byte[] raw = (header + "|P|2.5\rPID|||||" + name).getBytes(StandardCharsets.UTF_8);
      patients.add(
          format.translate(raw).statement().bundle().getEntryFirstRep().getRequest().getUrl());
    }
    assertThat(patients).doesNotHaveDuplicates().allMatch(url -> url.startsWith("Patient/"));
  }

  @Test
  void acknowledgesWithSenderAndReceiverSwapped() {
    String[] segments = acknowledge(MSH + "ADT^A01|MSG\\T\\1|P|2.5.1\rPID|||1").split("\r");

    assertThat(segments).hasSize(2);
    String[] msh = segments[0].split("\\|");
    assertThat(msh)
        .startsWith("MSH", "^~\\&", "KILN", "HUB", "ADT", "HOSP", "20260301103000.250+0100");
    assertThat(msh[8]).isEqualTo("ACK^A01^ACK");
    assertThat(msh[9]).hasSize(20).isNotEqualTo("MSG\\T\\1");
    assertThat(msh[10]).isEqualTo("P");
    assertThat(msh[11]).isEqualTo("2.5.1");
    assertThat(segments[1]).isEqualTo("MSA|AA|MSG\\T\\1");
  }

  @Test
  void acknowledgesInTheSendersSeparatorsAndCharacterSet() {
    String message = "MSH#$%\\@#L\u00c4B#HOSP###20260301##ORU$R01#7#P#3.5######8859/1\rPID###1";

    String[] segments = acknowledge(message).split("\r");

    assertThat(segments[0])
        .startsWith("MSH#$%\\@###L\u00c4B#HOSP#")
        .contains("#ACK$R01$ACK#")
        .endsWith("##8859/1");
    assertThat(segments[1]).isEqualTo("MSA#AR#7");
    assertThat(segments[2])
        .startsWith("ERR##MSH$1$12#203$Unsupported version id$HL70357#E#UNSUPPORTED_VERSION#");
  }

  @Test
  void whatIsNotStoredMayBeSentAgain() {
    byte[] raw = (MSH + "ADT^A01|9|P|2.2\rPID|||1").getBytes(StandardCharsets.UTF_8);
    Receipt refused =
        format.judge(raw).refusedBecause(new Refusal(RejectReason.NOT_STORED, "", "Disk | full."));

    String acknowledgement = new String(format.acknowledge(raw, refused), StandardCharsets.UTF_8);

    assertThat(acknowledgement)
        .contains("||ACK|")
        .contains("\rMSA|AE|9\r")
        .contains("|Disk \\F\\ full.\r");
  }

  @Test
  void whatIsNoMessageIsAnsweredInStandardSeparators() {
    assertThat(acknowledge("GET / HTTP/1.1"))
        .startsWith("MSH|^~\\&|||||20260301103000.250+0100||ACK|")
        .contains("\rMSA|AR\rERR|||100^Segment sequence error^HL70357|E|NOT_HL7|");
  }

  @Test
  void neverThrowsBeforeTheAcknowledgement() {
    byte[] whole =
        (MSH + "ORU^R01^ORU_R01|1|P|2.5||||||UTF-8\rPID|||1^^^A||X^Y\rOBR|1\rOBX|1|NM|a||1")
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    for (int run = 0; run < 3000; run++) {
      byte[] raw = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int damage = random.nextInt(6); damage > 0 && raw.length > 0; damage--) {
        raw[random.nextInt(raw.length)] = (byte) random.nextInt(256);
      }
      Receipt receipt = format.judge(raw);
      assertThat(format.acknowledge(raw, receipt)).isNotEmpty();
      if (receipt.isAccepted()) {
        assertThat(format.translate(raw).statement().bundle().getEntry()).isNotEmpty();
      }
    }
  }
}

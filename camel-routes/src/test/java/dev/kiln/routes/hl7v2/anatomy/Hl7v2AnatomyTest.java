package dev.kiln.routes.hl7v2.anatomy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.control.MessageAnatomy.Anatomy;
import dev.kiln.routes.control.MessageAnatomy.Answered;
import dev.kiln.routes.control.MessageAnatomy.Element;
import dev.kiln.routes.control.MessageAnatomy.Field;
import dev.kiln.routes.control.MessageAnatomy.Resource;
import dev.kiln.routes.hl7v2.Hl7v2Format;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.hl7v2.er7.MessageText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7v2AnatomyTest {

  private static final Answered ACCEPTED = new Answered(null, "", "");

  private static final String RESULT =
      """
      MSH|^~\\&|LAB|HOSP|KILN|HUB|20260301121500+0100||ORU^R01^ORU_R01|C1|P|2.5.1
      PID|1||4711^^^HOSP^MR||Kettle^Copper||19700501|F|||||||||||||||||||||||||||||odd
      OBR|1||F1^LAB|2345-7^Glucose^LN|||20260301110000+0100|||||||||||||||20260301120000+0100||LAB|F
      OBX|1|NM|2345-7^Glucose^LN||5.60|mmol/L^^UCUM|3.9-6.1|N|||F|||20260301110000+0100
      OBX|2|ST|8251-1^Comment^LN||asked for by the aunt||||||F
      ZPI|Copper Kettle"""
          .replace('\n', '\r');

  private final Hl7v2Format format = Sample.format();
  private final Hl7v2Anatomy anatomy = new Hl7v2Anatomy(format, MessageText::decode);

  private Anatomy of(String text, Answered answered) {
    return anatomy.of(text.getBytes(StandardCharsets.UTF_8), answered);
  }

  private static List<Field> fields(Anatomy message) {
    return message.segments().stream().flatMap(segment -> segment.fields().stream()).toList();
  }

  @Test
  void takesApartEveryFieldOfEverySegment() {
    Anatomy result = of(RESULT, ACCEPTED);

    assertThat(result.segments())
        .extracting(segment -> segment.place())
        .containsExactly("MSH", "PID", "OBR", "OBX", "OBX[2]", "ZPI");
    assertThat(fields(result))
        .contains(
            new Field("PID-5", "Patient Name", "Kettle^Copper", false, true),
            new Field("OBX[2]-3", "Observation Identifier", "8251-1^Comment^LN", true, true),
            new Field("PID-37", "Strain", "odd", false, false),
            new Field("ZPI-1", "", "Copper Kettle", false, false));
  }

  @Test
  void saysWhichFieldEachElementComesFrom() {
    List<Resource> translation = of(RESULT, ACCEPTED).translation();

    assertThat(translation).extracting(Resource::type).contains("Patient", "Observation");
    List<Element> elements =
        translation.stream().flatMap(resource -> resource.elements().stream()).toList();
    assertThat(elements)
        .contains(
            new Element("name[0].family", "Kettle", "PID-5.1", false),
            new Element("value", "asked for by the aunt", "OBX[2]-5", false));
    assertThat(elements)
        .filteredOn(element -> element.field().startsWith("OBX-3"))
        .isNotEmpty()
        .allMatch(Element::isOpen);
  }

  /** Whatever is said to be open must be so whoever the patient is and whatever was found. */
  @Test
  void nothingOpenIsAPatients() {
    Anatomy result = of(RESULT, ACCEPTED);

    List<String> open = new java.util.ArrayList<>();
    fields(result).stream().filter(Field::isOpen).forEach(field -> open.add(field.value()));
    result.translation().stream()
        .flatMap(resource -> resource.elements().stream())
        .filter(Element::isOpen)
        .forEach(element -> open.add(element.value()));
    assertThat(open)
        .noneMatch(value -> value.matches(".*(4711|Kettle|Copper|1970|5\\.6|aunt|female).*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PID-5", "OBX-5", "OBX[3]-5[2].1", "ZPI-1", "MSH-8", "IN1-49", "", "PID"})
  void whatIsNotNamedIsClosed(String field) {
    assertThat(anatomy.isOpen(field)).isFalse();
  }

  @Test
  void acknowledgesAsItWasAnsweredAndNotAsItWouldBeToday() {
    assertThat(acknowledgement(of(RESULT, ACCEPTED))).contains("MSA|AA|C1");
    assertThat(
            acknowledgement(
                of(RESULT, new Answered(RejectReason.UNSUPPORTED_VERSION, "MSH^1^12", "Too old"))))
        .contains("MSA|AR|C1", "MSH^1^12", "203");
    String refusedToday = RESULT.replace("|P|2.5.1", "|P|1.0");
    assertThat(acknowledgement(of(refusedToday, ACCEPTED))).contains("MSA|AA|C1");
    assertThat(of(refusedToday, ACCEPTED).translation()).isEmpty();
  }

  private static String acknowledgement(Anatomy message) {
    return new String(message.acknowledgement(), StandardCharsets.UTF_8);
  }

  /** A sender that ends its segments wrongly puts the patient into the header. */
  @ParameterizedTest
  @ValueSource(strings = {" ", "\u001e", "\f", "\\r", ""})
  void aPatientInTheHeaderIsMaskedWithIt(String end) {
    String withMaidenName = RESULT.replace("Kettle^Copper||", "Kettle^Copper|Jones|");
    Anatomy broken = of(withMaidenName.replace("\r", end), ACCEPTED);

    assertThat(broken.isAnswerOpen()).isFalse();
    assertThat(fields(broken))
        .filteredOn(Field::isOpen)
        .noneMatch(field -> field.value().matches("(?s).*(4711|Kettle|Jones|1970|5\\.6|aunt).*"));
    assertThat(of(RESULT, ACCEPTED).isAnswerOpen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Dear Kettle", "MSH", "MSH|", "PID|1||4711", "\u0000\u0001"})
  void whatIsNoMessageHasNoParts(String text) {
    Anatomy nothing = of(text, new Answered(RejectReason.NOT_HL7, "", ""));

    assertThat(nothing.segments()).isEmpty();
    assertThat(nothing.translation()).isEmpty();
    assertThat(acknowledgement(nothing)).contains("MSA|AR");
  }
}

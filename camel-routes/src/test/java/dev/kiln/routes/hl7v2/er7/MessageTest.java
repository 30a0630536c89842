package dev.kiln.routes.hl7v2.er7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

  private static Message parse(String text) {
    return Message.parse(MessageText.decode(text.getBytes(StandardCharsets.UTF_8))).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n", "\r\r", "\n\n"})
  void segmentsMayEndAsSendersLike(String end) {
    Message message = parse(String.join(end, "MSH|^~\\&|A", "PID|1||77", "ZPI|x", "") + "\u001c\r");

    assertThat(message.segments()).extracting(Segment::name).containsExactly("MSH", "PID", "ZPI");
    assertThat(message.first("PID").orElseThrow().field(3).value()).isEqualTo("77");
    assertThat(message.warnings()).isEmpty();
  }

  @Test
  void aLineFeedInsideTextIsTextWhereCarriageReturnsEndSegments() {
    Message message = parse("MSH|^~\\&|A\rNTE|1||first\nsecond\rPID|1\nPV1|1\r");

    assertThat(message.first("NTE").orElseThrow().field(3).text()).isEqualTo("first\nsecond");
    assertThat(message.first("PV1")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "'MSH|^~\\&|A|rNTE|1||first|rsecond',first/second",
    "'MSH|^~\\&|A|rNTE|1||first|r|r|rsecond, |rthird|rPV1|1','first///second, /third'",
    "'MSH|^~\\&|A|nNTE|1||first|nsecond|nPV1|1',first/second"
  })
  void aLineThatIsNoSegmentGoesOnWithTheOneBefore(String text, String comment) {
    Message message = parse(text.replace("|r", "\r").replace("|n", "\n"));

    assertThat(message.first("NTE").orElseThrow().field(3).text())
        .isEqualTo(comment.replace('/', '\n'));
    assertThat(message.warnings())
        .singleElement()
        .asString()
        .endsWith("lines are no segments, taken as text of the one before them");
  }

  @Test
  void aLineAfterMshThatIsNoSegmentIsLeftOut() {
    Message message = parse("MSH|^~\\&|A|B\r# a comment\rPID|1||77");

    assertThat(message.segments()).extracting(Segment::name).containsExactly("MSH", "PID");
    assertThat(message.msh().field(4).text()).isEqualTo("B");
    assertThat(message.warnings())
        .containsExactly("message: 1 lines after MSH are no segments, left out");
  }

  @Test
  void segmentsInSmallLettersAreRead() {
    Message message = parse("MSH|^~\\&|A|B\rpid|1||77");

    assertThat(message.first("PID").orElseThrow().field(3).value()).isEqualTo("77");
    assertThat(message.warnings()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"MSH|^~\\&|A\rPI", "MSH|^~\\&|A\rPID|1\rP", "MSH|^~\\&|A\nPV"})
  void aMessageThatEndsInANameIsCutOff(String text) {
    assertThat(parse(text).isCutOff()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MSH", "MSH|", "MSHA^~\\&A", "PID|1", "MSH||A", "{\"a\":1}"})
  void whatNamesNoSeparatorsIsNoMessage(String text) {
    assertThat(Message.parse(MessageText.decode(text.getBytes(StandardCharsets.UTF_8)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "^~\\& a^b~c&d 2 2", // As recommended.
        "^~\\\\& a^b~c&d 2 2", // The escape written twice.
        "~\\& a^b~c&d 2 2", // The component separator lost.
        "^~ a^b~c 2 2", // Escape and subcomponent not in use.
        "^~\\&# a^b~c&d 2 2", // With a truncation character.
        "$%\\& a$b%c&d 2 2", // The sender's own.
        "^ a^b~c 2 1"
      })
  void separatorsAreTheSenders(
      String encodingCharacters, String field, int components, int repetitions) {
    Segment pid = parse("MSH|" + encodingCharacters + "|A\rPID|" + field).segments().get(1);

    assertThat(pid.repetitions(1)).hasSize(repetitions);
    assertThat(pid.field(1).component(components).value()).startsWith("b");
  }

  @Test
  void theFieldSeparatorIsTheFourthCharacter() {
    Message message = parse("MSH^~|\\&^LAB~X^SITE\rPID^^^12~3|45");

    assertThat(message.msh().field(3).component(2).value()).isEqualTo("X");
    assertThat(message.segments().get(1).repetitions(3)).hasSize(2);
  }

  @Test
  void nullIsNotAbsent() {
    Segment pid = parse("MSH|^~\\&|A\rPID|\"\"||a^\"\"^\"\"&b").segments().get(1);

    assertThat(pid.field(1).isNull()).isTrue();
    assertThat(pid.field(1).isPresent()).isFalse();
    assertThat(pid.field(1).value()).isEmpty();
    assertThat(pid.field(2).isNull()).isFalse();
    assertThat(pid.field(3).component(2).value()).isEmpty();
    assertThat(pid.field(3).component(3).subcomponent(2)).isEqualTo("b");
  }

  @Test
  void remembersWhatNobodyRead() {
    Message message = parse("MSH|^~\\&|A\rPID|1||7~8|^^&|x|y^z\rPID|||9\rZPI|secret");
    message.msh().field(3).value();
    Segment pid = message.segments().get(1);
    pid.field(1).value();
    pid.field(3).value();
    pid.field(5).component(2);

    assertThat(message.unread()).containsExactly("PID-3", "PID-6", "ZPI-1");

    pid.repetitions(3);
    message.segments().get(2).field(3).text();
    assertThat(message.unread()).containsExactly("PID-6", "ZPI-1");
  }

  @Test
  void fieldsKnowWhereTheyStand() {
    Message message = parse("MSH|^~\\&|A\rOBX|1\rOBX|2");

    assertThat(message.segments().get(1).field(5).path()).isEqualTo("OBX-5");
    assertThat(message.segments().get(2).field(5).path()).isEqualTo("OBX[2]-5");
    assertThat(message.segments().get(2).path()).isEqualTo("OBX[2]");
  }

  @Test
  void repetitionsAndComponentsKnowWhereTheyStand() {
    Segment pid = parse("MSH|^~\\&|A\rPID|||1^2~3^4").segments().get(1);

    assertThat(pid.repetitions(3)).extracting(Field::path).containsExactly("PID-3", "PID-3[2]");
    assertThat(pid.repetitions(3).get(1).component(2).path()).isEqualTo("PID-3[2].2");
    assertThat(pid.repetitions(3).get(1).component(2).string().orElseThrow().getValue())
        .isEqualTo("4");
  }
}

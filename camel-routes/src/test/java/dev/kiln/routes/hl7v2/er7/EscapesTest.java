package dev.kiln.routes.hl7v2.er7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapesTest {

  private static final Escapes STANDARD = new Escapes(Delimiters.STANDARD, StandardCharsets.UTF_8);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "a\\F\\b;a|b",
        "a\\S\\b\\T\\c\\R\\d\\E\\e;a^b&c~d\\e",
        "\\H\\bold\\N\\;bold",
        "one\\X0A\\two;\"one\ntwo\"",
        "one\\.br\\two;\"one\ntwo\"",
        "caf\\XC3A9\\;caf\u00e9",
        "C:\\temp\\T\\x;C:\\temp&x",
        "\\Zlocal\\T\\T\\;\\Zlocal\\T&",
        "\\Q\\;\\Q\\",
        "\\X0\\;\\X0\\",
        "5\\;5\\",
        "a\\.sk3\\b;\"a   b\""
      })
  void sequencesBecomeWhatTheyMean(String raw, String meaning) {
    assertThat(STANDARD.decode(raw)).isEqualTo(meaning);
  }

  @Test
  void controlCharactersAreLeftOut() {
    assertThat(STANDARD.decode("a\\X00\\b\u0007c\td")).isEqualTo("abc\td");
  }

  @Test
  void textSurvivesBeingEscaped() {
    Random random = new Random(20260301);
    String alphabet = "|^~\\&#FSRTEXH.br0aZ \n\r\u00e9\u6f22";
    for (int text = 0; text < 2000; text++) {
      StringBuilder written = new StringBuilder();
      for (int i = random.nextInt(30); i >= 0; i--) {
        written.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String raw = STANDARD.encode(written.toString());

      assertThat(raw).doesNotContain("|", "^", "~", "&", "\r", "\n");
      assertThat(STANDARD.decode(raw)).isEqualTo(written.toString());
    }
  }

  @Test
  void withoutEscapeCharacterSeparatorsBecomeBlanks() {
    Delimiters few = Delimiters.of("MSH|^~|").orElseThrow();

    assertThat(new Escapes(few, StandardCharsets.UTF_8).encode("a|b^c&d\n")).isEqualTo("a b c&d ");
  }
}

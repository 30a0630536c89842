package dev.kiln.routes.hl7v2.er7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTextTest {

  private static String message(String declared, String name) {
    return "MSH|^~\\&|A|B|||||ADT^A01|1|P|2.5||||||" + declared + "\rPID|||1||" + name;
  }

  @ParameterizedTest
  @CsvSource({
    "UNICODE UTF-8,UTF-8,M\u00fcller",
    "UTF-8,UTF-8,M\u00fcller",
    "8859/1,ISO-8859-1,M\u00fcller",
    "8859/2,ISO-8859-2,Nov\u00e1k \u0160\u00edma",
    "8859/15,ISO-8859-15,\u0152uvre",
    "ISO IR100,ISO-8859-1,M\u00fcller",
    "ISO_IR 144,ISO-8859-5,\u0418\u0432\u0430\u043d",
    "8859/1~UNICODE UTF-8,ISO-8859-1,M\u00fcller",
    "~ISO IR87,ISO-2022-JP,\u5c71\u7530",
    "ISO IR6~ISO IR87,ISO-2022-JP,\u5c71\u7530",
    "GB 18030-2000,GB18030,\u674e",
    "windows-1252,windows-1252,M\u00fcller\u2019s",
    "'',UTF-8,M\u00fcller",
    "'',ISO-8859-1,M\u00fcller",
    "ASCII,UTF-8,M\u00fcller",
    "UTF-8,ISO-8859-1,M\u00fcller",
    "UNICODE UTF-16,UTF-16LE,M\u00fcller",
    "UNICODE,UTF-16BE,M\u00fcller",
    "NOBODY KNOWS,UTF-8,M\u00fcller"
  })
  void bytesAreReadInTheSetThatTheyAreIn(String declared, String real, String name) {
    MessageText text = MessageText.decode(message(declared, name).getBytes(Charset.forName(real)));

    assertThat(text.charsetSupported()).isTrue();
    assertThat(text.text()).endsWith("||" + name);
  }

  @ParameterizedTest
  @CsvSource({"ASCII,UTF-8", "UTF-8,ISO-8859-1", "NOBODY KNOWS,UTF-8"})
  void aWrongDeclarationIsAWarning(String declared, String real) {
    byte[] raw = message(declared, "M\u00fcller").getBytes(Charset.forName(real));

    assertThat(MessageText.decode(raw).warnings()).singleElement().asString().contains("MSH-18");
  }

  @Test
  void anUnknownSetIsRefusedOnlyWhereTheBytesNeedIt() {
    byte[] latin = message("NOBODY KNOWS", "M\u00fcller").getBytes(StandardCharsets.ISO_8859_1);
    byte[] ascii = message("NOBODY KNOWS", "Mueller").getBytes(StandardCharsets.US_ASCII);

    assertThat(MessageText.decode(latin).charsetSupported()).isFalse();
    assertThat(MessageText.decode(ascii).charsetSupported()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "UTF-8,\ufeff",
        "UTF-16BE,\ufeff",
        "UTF-16LE,\ufeff",
        "UTF-8,\u000b",
        "UTF-8,\u000b\ufeff"
      })
  void framesAndMarksAreTakenOff(String charset, String before) {
    byte[] raw =
        (before + message("", "M\u00fcller") + "\r\u001c\r").getBytes(Charset.forName(charset));

    assertThat(MessageText.decode(raw).text()).startsWith("MSH|").endsWith("M\u00fcller");
  }

  @Test
  void aMarkDoesNotHideTheDeclaration() {
    byte[] raw = ("\ufeff" + message("8859/1", "x")).getBytes(StandardCharsets.UTF_8);

    assertThat(MessageText.decode(raw).charset()).isEqualTo(StandardCharsets.ISO_8859_1);
    assertThat(MessageText.decode(raw).text()).startsWith("MSH|");
  }
}

package dev.kiln.routes.hl7v2.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.settings.WrongSite;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteProfilesTest {

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private SiteProfile profile(String application, String facility) {
    return SiteProfiles.in(folder)
        .of(Sample.message("MSH|^~\\&|" + application + "|" + facility).msh());
  }

  @Test
  void aProfileSaysWhatIsPeculiar() throws IOException {
    file(
        "north.yaml",
        """
        # A comment.
        application: ADT
        facility: NORTH
        source: Northfield
        time-zone: America/New_York
        charset: windows-1252
        authorities:
          NORTH: urn:oid:2.999.1.7
        coding-systems:
          99NFL: https://north.example/codes
        fields:
          ZPI-3.2: {extension: 'https://north.example/diet', of: Patient}
          ZPI-4: {observation: 'https://north.example/codes|smokes', display: Smokes, as: boolean}
        """);
    file("notes.txt", "no profile");

    SiteProfile profile = profile("ADT", "NORTH");
    assertThat(profile.source()).isEqualTo("Northfield");
    assertThat(profile.zone()).isEqualTo(ZoneId.of("America/New_York"));
    assertThat(profile.charset()).isEqualTo(Charset.forName("windows-1252"));
    assertThat(profile.forcedCharset()).isNull();
    assertThat(profile.authority("NORTH")).contains("urn:oid:2.999.1.7");
    assertThat(profile.codingSystem("99NFL")).contains("https://north.example/codes");
    assertThat(profile.fields()).hasSize(2);
    assertThat(profile.fields().get(0).component()).isEqualTo(2);
    assertThat(profile.fields().get(1).kind()).isEqualTo(SiteField.Kind.BOOLEAN);
    assertThat(profile("LAB", "NORTH")).isSameAs(SiteProfile.NONE);
    assertThat(profile("ADT", "SOUTH")).isSameAs(SiteProfile.NONE);
  }

  @Test
  void withoutAFolderNothingIsPeculiar() {
    assertThat(SiteProfiles.in(folder.resolve("absent")).of(Sample.message("MSH|^~\\&|A|B").msh()))
        .isSameAs(SiteProfile.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "facility: N\\ntimezone: UTC;2;there is no setting timezone.",
        "facility: N\\nfacility: M;2;facility is said twice.",
        "facility: N\\ntime-zone: Mars/Olympus;2;there is no time zone Mars/Olympus.",
        "facility: N\\n\\ncharset: ebcdic-x;3;there is no character set ebcdic-x, as windows-1252, ISO-8859-1 or UTF-8 are.",
        "force-charset: UTF-16;1;UTF-16 is no character set for messages, which begin in ASCII.",
        "force-charset: IBM1047;1;IBM1047 is no character set for messages, which begin in ASCII.",
        "charset: x-JISAutoDetect;1;x-JISAutoDetect is no character set for messages, which begin in ASCII.",
        "authorities:\\n  A: hospital;2;hospital is not an absolute URI.",
        "coding-systems:\\n  L: 'http://a b';2;http://a b is not an absolute URI.",
        "authorities: A;1;settings are expected here, each as name: value.",
        "facility: [N];1;a text is expected here.",
        "fields:\\n  PID-3: {as: string};2;PID-3 is not a field of a Z segment, such as ZPI-3 or ZPI-3.2.",
        "fields:\\n  ZPI-3: {extension: 'urn:x:y'};2;either extension and of, or observation.",
        "fields:\\n  ZPI-3: {extension: 'urn:x:y', of: Patient, observation: 'urn:x:y|1'};2;either extension and of, or observation.",
        "fields:\\n  ZPI-3: {extension: 'urn:x:y', of: Account};2;Account is neither Patient nor Encounter.",
        "fields:\\n  ZPI-3: {observation: 'smokes'};2;smokes is not a code such as http://loinc.org|72166-2.",
        "fields:\\n  ZPI-3: {observation: 'urn:x:y|1', as: number};2;number is none of string, boolean, date and concept.",
        "fields:\\n  ZPI-3.1: {observation: 'urn:x:y|1', as: date};2;a date or concept is a whole field and no component.",
        "facility: 'N;1;found unexpected end of stream.",
        "'';1;the profile is empty."
      })
  void whatIsWrongIsToldWithItsLine(String text, int line, String what) throws IOException {
    Path file = file("wrong.yaml", text.replace("\\n", "\n"));

    assertThatThrownBy(() -> SiteProfiles.in(folder))
        .isInstanceOf(WrongSite.class)
        .hasMessage(file + " line " + line + ": " + what);
  }

  @ParameterizedTest
  @CsvSource({
    "facility: N,facility: N,true",
    "facility: N,application: A,true",
    "facility: N,source: everybody,true",
    "facility: N,facility: M,false"
  })
  void oneProfileIsForASender(String one, String other, boolean same) throws IOException {
    file("a.yaml", one);
    Path second = file("b.yaml", other);

    if (same) {
      assertThatThrownBy(() -> SiteProfiles.in(folder))
          .isInstanceOf(WrongSite.class)
          .hasMessageStartingWith(second + " line 1: ")
          .hasMessageContaining("b and a are for the same sender");
    } else {
      assertThat(profile("X", "N")).isNotSameAs(profile("X", "M"));
    }
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Files.write(folder.resolve("x.yaml"), "source: \u00fc".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> SiteProfiles.in(folder)).isInstanceOf(WrongSite.class);
  }

  @ParameterizedTest
  @CsvSource({
    "application: A,A|N,true",
    "application: A,AB|N,false",
    "facility: N,A|N,true",
    "facility: N,A|MN,false",
    "facility: N,'',false",
    "source: all,'',true"
  })
  void isForTheSenderOfAReceipt(String text, String sender, boolean isFor) throws IOException {
    file("a.yaml", text);

    assertThat(SiteProfiles.in(folder).named("a").isFor(sender)).isEqualTo(isFor);
  }

  @Test
  void bothPartsOfASenderCount() throws IOException {
    file("a.yaml", "application: A\nfacility: N");
    SiteProfile profile = SiteProfiles.in(folder).named("a");

    assertThat(profile.isFor("A|N")).isTrue();
    assertThat(profile.isFor("A|B|N")).isFalse();
  }
}

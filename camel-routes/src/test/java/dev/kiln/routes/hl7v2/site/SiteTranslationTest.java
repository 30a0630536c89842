package dev.kiln.routes.hl7v2.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.Hl7v2Format;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.inbox.Translation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a profile changes in what becomes of a message. */
class SiteTranslationTest {

  private static final String MSH = "MSH|^~\\&|ADT|NORTH|||20260301103000||ADT^A01|1|P|2.5";

  @TempDir Path folder;

  private Translation translate(String profile, String charset, String... segments)
      throws IOException {
    Files.writeString(folder.resolve("north.yaml"), "facility: NORTH\n" + profile);
    Hl7v2Format format = Sample.format(SiteProfiles.in(folder));
    return format.translate(String.join("\r", segments).getBytes(Charset.forName(charset)));
  }

  private static <R extends Resource> R only(Class<R> type, Translation translation) {
    List<R> found =
        translation.statement().bundle().getEntry().stream()
            .map(entry -> entry.getResource())
            .filter(type::isInstance)
            .map(type::cast)
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void sourceAndZone() throws IOException {
    Translation translation =
        translate(
            "source: Northfield\ntime-zone: America/New_York",
            "UTF-8",
            MSH,
            "PID|||1",
            "PV1||I" + "|".repeat(42) + "202602011000");

    assertThat(translation.statement().source()).isEqualTo("Northfield");
    assertThat(translation.statement().earliest()).hasToString("2026-03-01T15:30:00Z");
    assertThat(only(Encounter.class, translation).getPeriod().getStartElement().getValueAsString())
        .isEqualTo("2026-02-01T10:00:00-05:00");
  }

  @Test
  void charsets() throws IOException {
    String[] silent = {MSH, "PID|||1||\u017d\u00ed\u017eka"};
    String[] lying = {MSH + "||||||8859/1", "PID|||1||\u017d\u00ed\u017eka"};

    assertThat(family(translate("charset: windows-1250", "windows-1250", silent)))
        .isEqualTo("\u017d\u00ed\u017eka");
    assertThat(family(translate("charset: windows-1250", "windows-1250", lying)))
        .isNotEqualTo("\u017d\u00ed\u017eka");
    assertThat(family(translate("force-charset: windows-1250", "windows-1250", lying)))
        .isEqualTo("\u017d\u00ed\u017eka");
  }

  private static String family(Translation translation) {
    return only(Patient.class, translation).getNameFirstRep().getFamily();
  }

  @Test
  void aSendersOwnSegments() throws IOException {
    Translation translation =
        translate(
            """
            fields:
              ZPI-2: {extension: 'https://north.example/diet', of: Patient}
              ZPI-3.2: {extension: 'https://north.example/ward', of: Encounter}
              ZPI-4: {observation: 'https://north.example/codes|smokes', as: boolean}
              ZPI-5: {observation: 'https://north.example/codes|need', as: concept}
              ZPI-6: {extension: 'https://north.example/seen', of: Patient, as: date}
            """,
            "UTF-8",
            MSH,
            "PID|||1",
            "PV1||I",
            "ZPI||vegan~no nuts|a^b^c|y|X1^Help^L|20260301|unread");

    Patient patient = only(Patient.class, translation);
    assertThat(patient.getExtensionsByUrl("https://north.example/diet"))
        .extracting(extension -> extension.getValue().primitiveValue())
        .containsExactly("vegan", "no nuts");
    assertThat(patient.getExtensionByUrl("https://north.example/seen").getValue().primitiveValue())
        .isEqualTo("2026-03-01");
    Extension ward =
        only(Encounter.class, translation).getExtensionByUrl("https://north.example/ward");
    assertThat(ward.getValue().primitiveValue()).isEqualTo("b");
    assertThat(Origin.of(ward)).contains("ZPI-3");
    List<Observation> observations =
        translation.statement().bundle().getEntry().stream()
            .map(entry -> entry.getResource())
            .filter(Observation.class::isInstance)
            .map(Observation.class::cast)
            .toList();
    assertThat(observations).extracting(Resource::getId).doesNotHaveDuplicates().hasSize(2);
    assertThat(((BooleanType) observations.get(0).getValue()).booleanValue()).isTrue();
    assertThat(((CodeableConcept) observations.get(1).getValue()).getCodingFirstRep().getCode())
        .isEqualTo("X1");
    assertThat(translation.unread()).contains("ZPI-7").doesNotContain("ZPI-2", "ZPI-4");
  }

  @Test
  void whatCannotBePlacedIsWarnedOf() throws IOException {
    String profile =
        """
        fields:
          ZPI-1: {extension: 'https://north.example/ward', of: Encounter}
          ZPI-2: {extension: 'https://north.example/vip', of: Patient, as: boolean}
        """;

    assertThat(translate(profile, "UTF-8", MSH, "PID|||1", "ZPI|x|maybe").warnings())
        .contains("ZPI-1: left out, the message has no visit", "ZPI-2: neither Y nor N");
  }

  @Test
  void whoIsMergedHasNoPart() throws IOException {
    Translation translation =
        translate(
            "fields:\n  ZPI-1: {extension: 'https://north.example/diet', of: Patient}",
            "UTF-8",
            MSH.replace("A01", "A40"),
            "PID|||1",
            "MRG|2",
            "ZPI|vegan");

    Patient survivor = (Patient) translation.statement().bundle().getEntryFirstRep().getResource();
    assertThat(survivor.hasExtension("https://north.example/diet")).isTrue();
  }

  @Test
  void namesOfAuthoritiesAndCodingSystems() throws IOException {
    Translation translation =
        translate(
            """
            authorities:
              NORTH: urn:oid:2.999.1.7
            coding-systems:
              99NFL: https://north.example/codes
            """,
            "UTF-8",
            MSH,
            "PID|||1^^^NORTH",
            "PV1||I||1^x^99NFL|||7^Okoro^^^^^^^NORTH");

    assertThat(only(Patient.class, translation).getIdentifierFirstRep().getSystem())
        .isEqualTo("urn:oid:2.999.1.7");
    Encounter visit = only(Encounter.class, translation);
    assertThat(visit.getParticipantFirstRep().getIndividual().getIdentifier().getSystem())
        .isEqualTo("urn:oid:2.999.1.7");
    assertThat(visit.getTypeFirstRep().getCodingFirstRep().getSystem())
        .isEqualTo("https://north.example/codes");
  }

  @Test
  void lanesFollowTheProfile() throws IOException {
    Files.writeString(
        folder.resolve("north.yaml"), "facility: NORTH\nauthorities: {A: 'urn:oid:2.999.1.7'}");

    assertThat(
            Sample.format(SiteProfiles.in(folder))
                .judge(Sample.bytes(MSH, "PID|||1^^^A~2^^^B"))
                .lanes())
        .containsExactly("urn:oid:2.999.1.7|1", "urn:kiln:authority:B|2");
  }

  /** A profile may be changed at any moment, also while a message is being read. */
  @Test
  void oneMessageIsReadWithOneStateOfAllProfiles() throws IOException {
    Files.writeString(
        folder.resolve("north.yaml"),
        "facility: NORTH\nsource: Northfield\nforce-charset: windows-1250");
    SiteProfiles sites = SiteProfiles.in(folder);
    AtomicInteger asked = new AtomicInteger();
    Hl7v2Format format =
        Sample.format(() -> asked.getAndIncrement() % 2 == 0 ? sites : SiteProfiles.none());
    byte[] raw =
        (MSH + "\rPID|||1||\u017d\u00ed\u017eka").getBytes(Charset.forName("windows-1250"));

    Translation with = format.translate(raw);
    Translation without = format.translate(raw);

    assertThat(asked).hasValue(2);
    assertThat(with.statement().source()).isEqualTo("Northfield");
    assertThat(family(with)).isEqualTo("\u017d\u00ed\u017eka");
    assertThat(without.statement().source()).isEqualTo("NORTH");
    assertThat(family(without)).isNotEqualTo("\u017d\u00ed\u017eka");
    assertThat(format.judge(raw).isAccepted()).isTrue();
    assertThat(asked).hasValue(3);
  }
}

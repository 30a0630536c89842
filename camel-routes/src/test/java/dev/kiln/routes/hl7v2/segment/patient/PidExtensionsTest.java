package dev.kiln.routes.hl7v2.segment.patient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.segment.SegmentSample;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PidExtensionsTest {

  private static List<Extension> extensions(int field, String value) {
    SegmentSample sample = SegmentSample.of("PID" + "|".repeat(field) + value);
    return PidExtensions.of(sample.segment(), sample.context());
  }

  @ParameterizedTest
  @CsvSource({
    "10,2106-3^White^HL70005,2106-3,White",
    "10,2106-3,2106-3,White",
    "10,OURS^Of our own^L,,Of our own",
    "22,H^Hispanic^HL70189,2135-2,Hispanic",
    "22,N,2186-5,Not Hispanic or Latino",
    "22,U^Unknown,,Unknown"
  })
  void theCategoryIsThatOfUsCoreAndTheTextAsSent(
      int field, String sent, String category, String text) {
    Extension extension = extensions(field, sent).get(0);

    assertThat(extension.getExtensionByUrl("text").getValue()).hasToString(text);
    Extension found = extension.getExtensionByUrl("ombCategory");
    assertThat(found == null ? null : ((Coding) found.getValue()).getCode()).isEqualTo(category);
  }

  @Test
  void severalRacesAreOneExtension() {
    List<Extension> extensions = extensions(10, "2106-3~2028-9");

    assertThat(extensions).hasSize(1);
    assertThat(extensions.get(0).getExtensionsByUrl("ombCategory")).hasSize(2);
    assertThat(extensions.get(0).getExtensionByUrl("text").getValue()).hasToString("White, Asian");
  }

  @ParameterizedTest
  @CsvSource({
    "448771007^Dog^SCT|42252000^Collie^SCT,448771007,42252000",
    "448771007^Dog^SCT,448771007,",
    "|42252000^Collie^SCT,,"
  })
  void anAnimalIsOfASpeciesAndPerhapsABreed(String sent, String species, String breed) {
    List<Extension> extensions = extensions(35, sent);

    assertThat(extensions).hasSize(species == null ? 0 : 1);
    for (Extension animal : extensions) {
      assertThat(code(animal, "species")).isEqualTo(species);
      assertThat(code(animal, "breed")).isEqualTo(breed);
    }
  }

  private static String code(Extension extension, String part) {
    Extension found = extension.getExtensionByUrl(part);
    return found == null
        ? null
        : ((CodeableConcept) found.getValue()).getCodingFirstRep().getCode();
  }

  @Test
  void emptyFieldsAreNoExtensions() {
    assertThat(extensions(10, "\"\"||^^||\"\"|||||^^&")).isEmpty();
  }
}

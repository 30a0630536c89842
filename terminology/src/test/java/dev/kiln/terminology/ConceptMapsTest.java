package dev.kiln.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConceptMapsTest {

  private static final Path FOLDER = Path.of("src/main/resources/dev/kiln/terminology/conceptmap");

  private final ConceptMaps maps = ConceptMaps.bundled();

  @ParameterizedTest
  @CsvSource({
    "v2-0001-administrative-gender,F,female",
    "v2-0001-administrative-gender,f,female",
    "v2-0002-marital-status,U,UNK",
    "v2-0002-marital-status,M,M",
    "v2-0004-encounter-class,I,IMP",
    "v2-0078-interpretation,HH,HH",
    "v2-0085-observation-status,C,corrected",
    "v2-0123-diagnostic-report-status,A,partial",
    "v2-0190-address-use,C,temp",
    "v2-0190-address-type,M,postal",
    "v2-0200-name-use,M,maiden",
    "v2-0201-contact-point-use,WPN,work",
    "v2-0202-contact-point-system,INTERNET,email",
    "v2-0203-identifier-type,MR,MR",
    "v2-0203-identifier-use,SS,official",
    "v2-0396-coding-system,LN,http://loinc.org"
  })
  void codesMeanWhatTheStandardSays(String map, String code, String target) {
    assertThat(maps.translate(map, code)).map(Coding::getCode).contains(target);
  }

  @Test
  void anUnknownCodeIsEmptyAndAnUnknownMapAnError() {
    assertThat(maps.translate("v2-0001-administrative-gender", "Q")).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> maps.translate("v2-9999", "F"));
  }

  @Test
  void whatIsHandedOutCanBeChangedWithoutHarm() {
    maps.translate("v2-0001-administrative-gender", "F").orElseThrow().setCode("changed");
    maps.all().forEach(map -> map.setGroup(null));

    assertThat(maps.translate("v2-0001-administrative-gender", "F"))
        .map(Coding::getCode)
        .contains("female");
  }

  @Test
  void everyFileIsInTheIndex() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".json"))
          .containsExactlyInAnyOrderElementsOf(Files.readAllLines(FOLDER.resolve("index.txt")));
    }
    assertThat(maps.all())
        .extracting(ConceptMap::getUrl)
        .allMatch(url -> url.startsWith("https://kiln.dev/fhir/ConceptMap/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{",
        "{\"resourceType\":\"Patient\"}",
        "{\"resourceType\":\"ConceptMap\",\"id\":\"other\",\"status\":\"active\"}",
        "{\"resourceType\":\"ConceptMap\",\"id\":\"a\",\"status\":\"nonsense\"}",
        "{\"resourceType\":\"ConceptMap\",\"id\":\"a\",\"group\":[{\"element\":[{\"code\":\"x\"}]}]}"
      })
  void aBrokenFileDoesNotStart(String json) {
    Map<String, String> files = Map.of("index.txt", "a.json", "a.json", json);

    assertThatIllegalStateException()
        .isThrownBy(() -> ConceptMaps.read(name -> stream(files.get(name))))
        .withMessageContaining("Concept map");
  }

  @Test
  void aMissingFileDoesNotStart() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> ConceptMaps.read(name -> name.equals("index.txt") ? stream("b.json") : null))
        .withMessageContaining("b.json");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}

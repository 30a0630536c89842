package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import dev.kiln.routes.inbox.Translation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder with a {@code message.hl7} is a test: its translation must be the {@code
 * bundle.json} beside it. A folder without one gets what came out, to be read before it is kept.
 */
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/dev/kiln/routes/hl7v2");

  private final IParser json = FhirContext.forR4Cached().newJsonParser().setPrettyPrint(true);

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files
          .filter(file -> file.endsWith("message.hl7"))
          .map(Path::getParent)
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreExamples() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void translatesToTheBundleBesideIt(Path folder) throws IOException {
    byte[] raw = Files.readAllBytes(folder.resolve("message.hl7"));
    Translation translation = Sample.format().translate(raw);
    String actual = json.encodeResourceToString(translation.statement().bundle());
    Path expected = folder.resolve("bundle.json");
    if (!Files.exists(expected)) {
      Files.writeString(expected, actual + "\n");
      throw new AssertionError(expected + " was missing and has been written");
    }

    // Both through the parser, so that neither layout nor the order of members matters.
    String canonical =
        json.encodeResourceToString(json.parseResource(Bundle.class, Files.readString(expected)));
    assertThat(actual).isEqualTo(canonical);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theBundleIsBaseR4(Path folder) throws IOException {
    Bundle bundle =
        Sample.format()
            .translate(Files.readAllBytes(folder.resolve("message.hl7")))
            .statement()
            .bundle();
    bundle
        .getEntry()
        .forEach(
            entry -> entry.setFullUrl("https://example.org/fhir/" + entry.getRequest().getUrl()));

    assertThat(new BaseR4().errors(bundle)).isEmpty();
  }
}

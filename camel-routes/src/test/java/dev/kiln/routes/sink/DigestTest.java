package dev.kiln.routes.sink;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import dev.kiln.routes.hl7v2.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that looks different once it has been stored would look like somebody else's. */
class DigestTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/dev/kiln/routes/hl7v2");

  private final IParser json = FhirContext.forR4Cached().newJsonParser();

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files.filter(file -> file.endsWith("message.hl7")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatMessagesSayIsTheSameOnceItHasBeenStored(Path message) throws IOException {
    for (BundleEntryComponent entry :
        Sample.translate(Files.readString(message).split("[\r\n]+"))
            .statement()
            .bundle()
            .getEntry()) {
      check(entry.getResource());
    }
  }

  @Test
  void whatHasOnlyBeenLookedAtDoesNotCount() {
    Identifier looked = new Identifier().setValue("1");
    assertThat(looked.getType().hasCoding()).isFalse();
    assertThat(looked.getAssigner().getIdentifier().hasValue()).isFalse();
    assertThat(Digest.of(looked)).isEqualTo(Digest.of(new Identifier().setValue("1")));
  }

  private void check(Resource told) {
    Resource stored = (Resource) json.parseResource(json.encodeResourceToString(told));
    for (Property property : told.children()) {
      if (!property.getName().equals("id") && !property.getName().equals("meta")) {
        String name = property.getName().replace("[x]", "");
        assertThat(digests(property))
            .as("%s.%s", told.fhirType(), name)
            .isEqualTo(digests(stored.getNamedProperty(name)));
      }
    }
  }

  private static List<String> digests(Property property) {
    return property.getValues().stream().filter(value -> !value.isEmpty()).map(Digest::of).toList();
  }
}

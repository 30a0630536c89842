package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.routes.hl7v2.er7.MessageFile;
import dev.kiln.routes.inbox.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What other converters made of messages, from a folder beside the project. They are opinions: how
 * far Kiln agrees is measured, and may not become less unnoticed.
 */
class GoldenTest {

  private static final Set<String> TYPES =
      Set.of("ADT^A01", "ADT^A03", "ADT^A04", "ADT^A08", "ADT^A40", "ORU^R01", "SIU^S12");

  private final Hl7v2Format format = Sample.format(ZoneOffset.UTC);
  private final IParser parser =
      FhirContext.forR4Cached()
          .newJsonParser()
          // What others wrote is not always FHIR; what can be read of it counts.
          .setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());

  /** The floors are what was measured, rounded down. */
  @ParameterizedTest
  @CsvSource({"ms-fhir-converter, 0.47", "cdc-reportstream, 0.62"})
  void agreesWithOthersAsFarAsBefore(String source, double floor) throws IOException {
    Path corpus = corpus();
    Agreement agreement = new Agreement();
    int files = 0;
    for (JsonNode pair : manifest(corpus).path(source)) {
      List<Bundle> ours = ours(corpus.resolve(pair.path("input").asText()));
      if (!ours.isEmpty()) {
        files++;
        agreement.add(List.of(theirs(corpus.resolve(pair.path("expected").asText()))), ours);
      }
    }
    print(source, files, agreement);
    assertThat(agreement.total().share()).isGreaterThanOrEqualTo(floor);
  }

  private static Path corpus() {
    String configured = System.getenv("KILN_CORPUS");
    Path corpus = Path.of(configured == null ? "../../shared/corpus" : configured);
    assumeTrue(
        Files.isDirectory(corpus.resolve("golden")),
        "No expected Bundles in " + corpus.toAbsolutePath().normalize());
    return corpus;
  }

  private static JsonNode manifest(Path corpus) throws IOException {
    return new ObjectMapper().readTree(corpus.resolve("golden/manifest.json").toFile());
  }

  private Bundle theirs(Path file) throws IOException {
    return parser.parseResource(Bundle.class, Files.readString(file));
  }

  /** Empty for a file of other types. */
  private List<Bundle> ours(Path file) throws IOException {
    List<Bundle> ours = new ArrayList<>();
    for (byte[] raw : MessageFile.messages(Files.readAllBytes(file))) {
      Receipt receipt = format.judge(raw);
      if (receipt.isAccepted() && TYPES.contains(receipt.type())) {
        ours.add(format.translate(raw).statement().bundle());
      }
    }
    return ours;
  }

  private static void print(String source, int files, Agreement agreement) {
    System.out.printf("Agreement with %s, %d files: %s%n", source, files, agreement.total());
    agreement.types().forEach((type, count) -> System.out.printf("  %-20s %s%n", type, count));
    int most = System.getenv("KILN_CORPUS_DETAILS") == null ? 30 : Integer.MAX_VALUE;
    agreement.elements().entrySet().stream()
        .filter(entry -> entry.getValue().disagreements() > 0)
        .sorted(
            Map.Entry.comparingByValue(
                Comparator.comparing(Agreement.Count::disagreements).reversed()))
        .limit(most)
        .forEach(entry -> System.out.printf("    %-60s %s%n", entry.getKey(), entry.getValue()));
  }
}

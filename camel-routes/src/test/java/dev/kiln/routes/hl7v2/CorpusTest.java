package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.routes.RejectReason;
import dev.kiln.routes.hl7v2.er7.MessageFile;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Translation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.junit.jupiter.api.Test;

/**
 * Other people's messages, from a folder beside the project: none may be lost silently, and all
 * output is base R4.
 */
class CorpusTest {

  private static final Set<String> TYPES =
      Set.of("ADT^A01", "ADT^A03", "ADT^A04", "ADT^A08", "ADT^A40", "ORU^R01", "SIU^S12");
  private static final int BUNDLES_AT_ONCE = 25;

  private final Hl7v2Format format = Sample.format(ZoneOffset.UTC);

  @Test
  void everyWholeMessageIsTakenInAndSaysSomething() throws IOException {
    Map<RejectReason, Integer> refused = new EnumMap<>(RejectReason.class);
    Map<String, Bundle> accepted = new TreeMap<>();
    Map<String, Integer> unread = new TreeMap<>();
    int populated = 0;
    for (Path file : files()) {
      int number = 0;
      for (byte[] raw : MessageFile.messages(Files.readAllBytes(file))) {
        String name = file + "#" + ++number;
        Receipt receipt = format.judge(raw);
        if (!receipt.isAccepted()) {
          refused.merge(receipt.refusal().reason(), 1, Integer::sum);
          continue;
        }
        LanesTest.check(raw);
        Translation translation = format.translate(raw);
        Bundle bundle = translation.statement().bundle();
        assertThat(bundle.getEntry()).as(name).isNotEmpty();
        accepted.put(name, bundle);
        populated += translation.populated();
        translation.unread().forEach(field -> unread.merge(field, 1, Integer::sum));
      }
    }
    List<String> errors = errors(accepted);
    System.out.printf(
        "Corpus: %d accepted, %d of them as documents, refused %s, %d resources, %d validation"
            + " errors, %d of %d fields unread%n",
        accepted.size(),
        accepted.values().stream().filter(CorpusTest::isDocument).count(),
        refused,
        accepted.values().stream().mapToInt(bundle -> bundle.getEntry().size()).sum(),
        errors.size(),
        unread.values().stream().mapToInt(Integer::intValue).sum(),
        populated);
    if (System.getenv("KILN_CORPUS_DETAILS") != null) {
      accepted.entrySet().stream()
          .filter(entry -> isDocument(entry.getValue()))
          .forEach(entry -> System.out.println("Document: " + entry.getKey()));
      System.out.println(
          unread.entrySet().stream()
              .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
              .limit(60)
              .toList());
    }
    assertThat(accepted).isNotEmpty();
    assertThat(refused).isEmpty();
    assertThat(errors).isEmpty();
  }

  private static boolean isDocument(Bundle bundle) {
    return bundle.getEntry().stream().anyMatch(entry -> entry.getResource() instanceof Binary);
  }

  private List<Path> files() throws IOException {
    String configured = System.getenv("KILN_CORPUS");
    Path corpus = Path.of(configured == null ? "../../shared/corpus" : configured);
    assumeTrue(
        Files.isDirectory(corpus.resolve("hl7v2")),
        "No sample messages in " + corpus.toAbsolutePath().normalize());
    JsonNode manifest = new ObjectMapper().readTree(corpus.resolve("manifest.json").toFile());
    return StreamSupport.stream(manifest.spliterator(), false)
        .filter(entry -> TYPES.contains(entry.path("type").asText()))
        .filter(CorpusTest::isWhole)
        .map(entry -> corpus.resolve(entry.path("path").asText()))
        .toList();
  }

  private static boolean isWhole(JsonNode entry) {
    Set<String> features =
        StreamSupport.stream(entry.path("features").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    return !features.contains("fragment") && !features.contains("no-msh");
  }

  /** The validator takes long to begin, so it gets many Bundles' entries in one. */
  private static List<String> errors(Map<String, Bundle> bundles) {
    BaseR4 baseR4 = new BaseR4();
    List<String> errors = new ArrayList<>();
    List<Bundle> waiting = new ArrayList<>(bundles.values());
    for (int from = 0; from < waiting.size(); from += BUNDLES_AT_ONCE) {
      Bundle batch = new Bundle().setType(Bundle.BundleType.TRANSACTION);
      for (int at = from; at < Math.min(from + BUNDLES_AT_ONCE, waiting.size()); at++) {
        for (BundleEntryComponent entry : waiting.get(at).getEntry()) {
          // The same patient may come in several messages, and the validator wants to follow the
          // references.
          entry.setFullUrl("https://" + at + ".example.org/fhir/" + entry.getRequest().getUrl());
          batch.addEntry(entry);
        }
      }
      errors.addAll(baseR4.errors(batch));
    }
    return errors;
  }
}

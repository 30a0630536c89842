package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.routes.RejectReason;
import dev.kiln.routes.hl7v2.adt.AdtA01;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.MessageText;
import dev.kiln.routes.hl7v2.oru.OruR01;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.terminology.Terminology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.junit.jupiter.api.Test;

/**
 * Other people's messages, from a folder beside the project: none may be lost silently, and all
 * output is base R4.
 */
class CorpusTest {

  private static final Set<String> TYPES = Set.of("ADT^A01", "ORU^R01");
  private static final int BUNDLES_AT_ONCE = 25;

  private final Terminology terminology = Terminology.bundled();
  private final Hl7v2Translators translators =
      new Hl7v2Translators(List.of(new AdtA01(), new OruR01()));
  private final Hl7v2Format format =
      new Hl7v2Format(translators, terminology, ZoneOffset.UTC, Clock.systemUTC());

  @Test
  void everyMessageIsRefusedWithAReasonOrTellsSomething() throws IOException {
    Map<RejectReason, Integer> refused = new EnumMap<>(RejectReason.class);
    Map<String, Bundle> accepted = new TreeMap<>();
    Map<String, Integer> unread = new TreeMap<>();
    int populated = 0;
    for (Path file : messages()) {
      byte[] raw = Files.readAllBytes(file);
      Receipt receipt = format.judge(raw);
      assertThat(format.acknowledge(raw, receipt)).as(file.toString()).isNotEmpty();
      if (!receipt.isAccepted()) {
        refused.merge(receipt.refusal().reason(), 1, Integer::sum);
        continue;
      }
      Bundle bundle = format.translate(raw).statement().bundle();
      assertThat(bundle.getEntry()).as(file.toString()).isNotEmpty();
      accepted.put(file.toString(), bundle);
      populated += unreadBefore(raw);
      unread(raw, receipt.type()).forEach(field -> unread.merge(field, 1, Integer::sum));
    }
    List<String> errors = errors(accepted);
    int left = unread.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "Corpus: %d accepted, refused %s, %d resources, %d validation errors, %d of %d fields unread%n",
        accepted.size(),
        refused,
        accepted.values().stream().mapToInt(bundle -> bundle.getEntry().size()).sum(),
        errors.size(),
        left,
        populated);
    if (System.getenv("KILN_CORPUS_DETAILS") != null) {
      System.out.println(
          unread.entrySet().stream()
              .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
              .limit(60)
              .toList());
    }
    assertThat(accepted).isNotEmpty();
    assertThat(errors).isEmpty();
  }

  private List<Path> messages() throws IOException {
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

  private int unreadBefore(byte[] raw) {
    return Message.parse(MessageText.decode(raw)).orElseThrow().unread().size();
  }

  private List<String> unread(byte[] raw, String type) {
    Message message = Message.parse(MessageText.decode(raw)).orElseThrow();
    MessageContext context = new MessageContext(message, terminology, ZoneOffset.UTC);
    translators.of(type).orElseThrow().translate(message, context);
    return message.unread();
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

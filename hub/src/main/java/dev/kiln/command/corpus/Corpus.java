package dev.kiln.command.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.fhir.OfflineValidation;
import dev.kiln.routes.Origin;
import dev.kiln.routes.RoutesConfiguration.Rehearsal;
import dev.kiln.routes.RoutesConfiguration.Rehearsal.Outcome;
import dev.kiln.routes.settings.RoutesSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Translates every message of a folder tree without a server or a database, and says what would
 * become of them.
 *
 * <p>One line is printed for each message that is rejected ({@code file: REASON place}), that fails
 * ({@code file: EXCEPTION class}), that becomes nothing ({@code file: SILENT_EMPTY type}), that
 * becomes a document alone ({@code file: DOCUMENT_ONLY type}), and for each element that is not
 * base R4 ({@code file: INVALID element}); the message's number follows the file's name where it
 * has several. With a site profile there is one line more for each element that it changes. The
 * last line is one JSON object of the counts ({@link CorpusCount}). No line has values of a
 * message, unless they are asked for.
 */
public final class Corpus {

  private static final int FAULTY = 1;
  private static final int BUNDLES_AT_ONCE = 25;
  private static final String RAW = "x-application/hl7-v2+er7";

  /** What says something of the message and nothing of a patient. */
  private static final Set<String> ENVELOPE =
      Set.of("MessageHeader", "Provenance", "OperationOutcome");

  private final Rehearsal rehearsal;
  private final SiteComparison comparison;
  private final boolean onlyCounts;
  private final PrintStream out;
  private final OfflineValidation validation = new OfflineValidation();
  private final CorpusCount total = new CorpusCount();
  private final List<Translated> waiting = new ArrayList<>();

  private record Translated(String name, CorpusCount type, Bundle bundle) {}

  /**
   * @param options {@code --json} for the object alone, {@code --site FILE} for the dry run of one
   *     site profile against none, {@code --show-values} to print what that changes
   */
  public Corpus(RoutesSettings settings, CorpusOptions options, PrintStream out) {
    this.out = out;
    this.onlyCounts = options.json();
    this.rehearsal = Rehearsal.with(options.settings(settings));
    this.comparison =
        options.site() == null
            ? null
            : new SiteComparison(
                Rehearsal.with(options.withoutSites(settings)), options.showValues());
    total.files = 0;
    total.perType = new TreeMap<>();
  }

  /**
   * @return 0, or 1 where there are exceptions, silent empties or validation errors
   */
  public int folder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      file(folder.equals(file) ? file.getFileName() : folder.relativize(file), file);
    }
    validate();
    finish(total);
    total.perType.values().forEach(Corpus::finish);
    out.println(json());
    return total.isFaulty() ? FAULTY : 0;
  }

  private void file(Path name, Path file) throws IOException {
    total.files++;
    List<byte[]> messages = rehearsal.messages(Files.readAllBytes(file));
    for (int at = 0; at < messages.size(); at++) {
      message(messages.size() == 1 ? name.toString() : name + "#" + (at + 1), messages.get(at));
    }
  }

  private void message(String name, byte[] message) {
    long before = cpu();
    Outcome outcome;
    try {
      outcome = rehearsal.of(message);
    } catch (RuntimeException | StackOverflowError e) {
      for (CorpusCount count : List.of(total, perType("unknown"))) {
        count.messages++;
        count.exceptions++;
      }
      // The exception's message can quote the patient.
      problem(name, "EXCEPTION " + e.getClass().getSimpleName());
      return;
    }
    long nanos = cpu() - before;
    String type = outcome.type().isEmpty() ? "unknown" : outcome.type();
    CorpusCount perType = perType(type);
    for (CorpusCount count : List.of(total, perType)) {
      count.nanosCpu += nanos;
      count(outcome, count);
    }
    report(name, type, outcome);
    if (outcome.statement() != null) {
      waiting.add(new Translated(name, perType, outcome.statement().bundle()));
      if (waiting.size() == BUNDLES_AT_ONCE) {
        validate();
      }
    }
    if (comparison != null) {
      comparison.differences(message, outcome).forEach(line -> problem(name, line));
    }
  }

  private CorpusCount perType(String type) {
    return total.perType.computeIfAbsent(type, unknown -> new CorpusCount());
  }

  private static void count(Outcome outcome, CorpusCount count) {
    count.messages++;
    count.populatedFields += outcome.populated();
    count.unreadFields += outcome.unread().size();
    outcome.unread().forEach(field -> count.unread.merge(field, 1, Integer::sum));
    if (outcome.statement() == null) {
      count.rejected++;
      count.rejectedBy.merge(outcome.refusal().name(), 1, Integer::sum);
      return;
    }
    Bundle bundle = outcome.statement().bundle();
    count.resources += bundle.getEntry().size();
    if (isSilentEmpty(outcome)) {
      count.silentEmpty++;
    } else if (isDocumentOnly(bundle)) {
      count.documentOnly++;
    } else if (outcome.warnings().isEmpty()) {
      count.applied++;
    } else {
      count.appliedWithWarnings++;
    }
  }

  private void report(String name, String type, Outcome outcome) {
    if (outcome.statement() == null) {
      problem(name, (outcome.refusal() + " " + outcome.location()).strip());
    } else if (isSilentEmpty(outcome)) {
      problem(name, "SILENT_EMPTY " + type);
    } else if (isDocumentOnly(outcome.statement().bundle())) {
      problem(name, "DOCUMENT_ONLY " + type);
    }
  }

  private static boolean isSilentEmpty(Outcome outcome) {
    return !outcome.statement().bundle().hasEntry() && !outcome.isAboutApplications();
  }

  /** The message as it came or its envelope, and beside it nothing but whom it mentions. */
  private static boolean isDocumentOnly(Bundle bundle) {
    List<Resource> resources =
        bundle.getEntry().stream().map(entry -> entry.getResource()).toList();
    return resources.stream().anyMatch(Corpus::isEnvelope)
        && resources.stream().allMatch(one -> isEnvelope(one) || Origin.isMentioned(one));
  }

  private static boolean isEnvelope(Resource resource) {
    return ENVELOPE.contains(resource.fhirType())
        || resource instanceof Binary binary && RAW.equals(binary.getContentType())
        || resource instanceof DocumentReference document
            && RAW.equals(document.getContentFirstRep().getAttachment().getContentType());
  }

  private void validate() {
    validation
        .faults(waiting.stream().map(Translated::bundle).toList())
        .forEach(
            fault -> {
              Translated translated = waiting.get(fault.bundle());
              total.validationErrors++;
              translated.type().validationErrors++;
              problem(translated.name(), "INVALID " + fault.element());
            });
    waiting.clear();
  }

  private void problem(String name, String what) {
    if (!onlyCounts) {
      out.println(name + ": " + what);
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void finish(CorpusCount count) {
    count.millisCpu = count.nanosCpu / 1_000_000;
  }

  private String json() throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(total);
  }
}

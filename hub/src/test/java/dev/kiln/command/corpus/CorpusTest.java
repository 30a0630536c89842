package dev.kiln.command.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.routes.settings.RoutesSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CorpusTest {

  private static final String MSH = "MSH|^~\\&|ADT|NORTH|||20260301103000||%s|%s|P|2.5\r";
  private static final String PATIENT = "PID|||4711^^^NORTH||Canary^Quetzal||19700101\r";

  @TempDir Path folder;

  private int exit;

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> run(String... options) throws IOException {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "corpus";
    arguments[1] = folder.resolve("in").toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CorpusOptions parsed = CorpusOptions.of(arguments);
    RoutesSettings settings =
        new Binder(
                new MapConfigurationPropertySource(
                    Map.of("kiln.routes.sites", folder.resolve("sites").toString())))
            .bind("kiln.routes", RoutesSettings.class)
            .get();
    exit =
        new Corpus(settings, parsed, new PrintStream(out, true, StandardCharsets.UTF_8))
            .folder(parsed.folder());
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void messages() throws IOException {
    file("in/a.hl7", MSH.formatted("ADT^A08", "1") + PATIENT);
    file("in/b/batch.hl7", "FHS|^~\\&\rBHS|^~\\&\r" + two() + "BTS|2\rFTS|1\r");
    file("in/b/cut.hl7", MSH.formatted("ADT^A08", "5") + PATIENT + "PV");
    file("in/c.txt", "no message");
  }

  private static String two() {
    return MSH.formatted("ADT^A08", "2") + "PID|||4711\r" + MSH.formatted("XYZ^Z01", "3") + PATIENT;
  }

  @Test
  void everyMessageIsCountedOnce() throws IOException {
    messages();

    List<String> lines = run();

    assertThat(exit).isZero();
    assertThat(lines.subList(0, lines.size() - 1))
        .containsExactly(
            "b/batch.hl7#2: DOCUMENT_ONLY XYZ^Z01", "b/cut.hl7: FRAGMENT", "c.txt: NOT_HL7");
    JsonNode counts = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(count(counts, "files", "messages")).isEqualTo(List.of(4, 5));
    assertThat(count(counts, "applied", "appliedWithWarnings", "documentOnly", "rejected"))
        .isEqualTo(List.of(1, 1, 1, 2));
    assertThat(count(counts, "exceptions", "silentEmpty", "validationErrors"))
        .isEqualTo(List.of(0, 0, 0));
    // Two patients; a third one beside the document and its bytes.
    assertThat(count(counts, "resources", "unreadFields")).isEqualTo(List.of(5, 0));
    assertThat(counts.path("populatedFields").asInt()).isGreaterThan(15);
    assertThat(counts.path("rejectedBy")).hasToString("{\"FRAGMENT\":1,\"NOT_HL7\":1}");
    assertThat(counts.at("/perType/ADT^A08/messages").asInt()).isEqualTo(3);
    assertThat(counts.at("/perType/XYZ^Z01/documentOnly").asInt()).isEqualTo(1);
    int sum =
        StreamSupport.stream(counts.path("perType").spliterator(), false)
            .mapToInt(type -> type.path("messages").asInt())
            .sum();
    assertThat(sum).isEqualTo(5);
  }

  @Test
  void whatIsAboutNobodyIsAppliedAndNotLost() throws IOException {
    file("in/a.hl7", MSH.formatted("NMD^N02", "1") + "NCK|20260301103000\r");

    List<String> lines = run();

    assertThat(exit).isZero();
    assertThat(lines).hasSize(1);
    JsonNode counts = new ObjectMapper().readTree(lines.get(0));
    assertThat(count(counts, "applied", "silentEmpty", "resources")).isEqualTo(List.of(1, 0, 0));
  }

  private static List<Integer> count(JsonNode counts, String... names) {
    return List.of(names).stream().map(name -> counts.path(name).asInt(-1)).toList();
  }

  @Test
  void theObjectAloneIsPrintedOnDemand() throws IOException {
    messages();

    assertThat(run("--json")).singleElement().asString().startsWith("{").endsWith("}");
  }

  @Test
  void aProfileIsTriedAgainstNone() throws IOException {
    file("in/a.hl7", MSH.formatted("ADT^A08", "1") + PATIENT + "ZPI|vegan");
    file(
        "north.yaml",
        """
        facility: NORTH
        source: Canary Hospital
        fields:
          ZPI-1: {extension: 'https://north.example/diet', of: Patient}
        """);
    // What is installed has no part in a trial.
    file("sites/other.yaml", "source: Elsewhere");
    String profile = folder.resolve("north.yaml").toString();

    assertThat(run("--site", profile))
        .hasSize(4)
        .noneMatch(line -> line.contains("Canary") || line.contains("vegan"))
        .contains(
            "a.hl7: Patient[1].extension[0].url added",
            "a.hl7: Patient[1].extension[0].value added",
            "a.hl7: message.source changed");
    assertThat(run("--show-values", "--site", profile))
        .contains("a.hl7: message.source changed: NORTH -> Canary Hospital");
  }

  @Test
  void whatIsNoOptionIsRefused() {
    assertThatThrownBy(() -> CorpusOptions.of("corpus"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CorpusOptions.of("corpus", "x", "--jsn"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CorpusOptions.of("corpus", "x", "--site", "absent.yaml"))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> CorpusOptions.of("corpus", "x", "--site"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

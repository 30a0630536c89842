package dev.kiln.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.Http;
import dev.kiln.Mllp;
import dev.kiln.RunningHub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Other people's messages, sent over MLLP: each gets an acknowledgement, none becomes a dead
 * letter, and what each one wrote can be read through FHIR. The folder is named by {@code
 * KILN_CORPUS}; without it the test is skipped.
 */
class CorpusIT {

  private static final Path CORPUS =
      Path.of(System.getenv().getOrDefault("KILN_CORPUS", "../../shared/corpus"));
  private static final Set<String> TYPES =
      Set.of("ADT^A01", "ADT^A03", "ADT^A04", "ADT^A08", "ADT^A40", "ORU^R01", "SIU^S12");
  private static final Pattern MSA = Pattern.compile("\rMSA.(A[AER])");

  private final RunningHub hub = RunningHub.get();

  @Test
  void everyWholeMessage() throws Exception {
    Path manifest = CORPUS.resolve("manifest.json");
    assumeThat(Files.exists(manifest))
        .as("sample messages in " + CORPUS + " (KILN_CORPUS)")
        .isTrue();
    String before = one("select coalesce(max(seq), 0)::text from message");
    Map<String, Integer> acknowledgements = new TreeMap<>();
    int sent = 0;
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      for (Path file : wholeMessages(manifest)) {
        Matcher code = MSA.matcher(sender.send(framed(Files.readAllBytes(file))));
        assertThat(code.find()).as(file.toString()).isTrue();
        acknowledgements.merge(code.group(1), 1, Integer::sum);
        sent++;
      }
    }
    for (int i = 0;
        !one("select count(*)::text from message where state = 'received'").equals("0");
        i++) {
      assertThat(i).as("messages are applied within five minutes").isLessThan(3000);
      Thread.sleep(100);
    }
    String ours = " from message where seq > " + before;
    System.out.println("sent " + sent + ", acknowledged " + acknowledgements);
    List<String> states =
        many(
            "select state || ' ' || coalesce(reason, '') || ': ' || count(*)"
                + ours
                + " group by state, reason order by 1");
    System.out.println(states);
    assertThat(many("select reason || ' ' || id" + ours + " and state = 'failed'")).isEmpty();
    assertReadable(many("select id::text" + ours + " and state = 'applied'"));
  }

  private void assertReadable(List<String> messages) {
    Http fhir = hub.http();
    Map<String, Set<String>> read = new TreeMap<>();
    for (String message : messages) {
      JsonNode provenance =
          fhir.get("/fhir/Provenance/" + LogicalKey.id("Provenance", MessageId.SYSTEM, message))
              .json();
      assertThat(provenance.path("target")).as(message).isNotEmpty();
      for (JsonNode target : provenance.path("target")) {
        String reference = target.path("reference").asText();
        String type = reference.substring(0, reference.indexOf('/'));
        if (read.computeIfAbsent(type, name -> new java.util.HashSet<>()).add(reference)) {
          assertThat(fhir.get("/fhir/" + reference).status()).as(reference).isEqualTo(200);
        }
      }
    }
    StringBuilder counts =
        new StringBuilder("readable from " + messages.size() + " applied messages:");
    read.forEach(
        (type, references) ->
            counts.append(' ').append(type).append(' ').append(references.size()));
    System.out.println(counts);
  }

  private static List<Path> wholeMessages(Path manifest) throws IOException {
    List<Path> files = new ArrayList<>();
    for (JsonNode file : new ObjectMapper().readTree(manifest.toFile())) {
      List<String> features = new ArrayList<>();
      file.path("features").forEach(feature -> features.add(feature.asText()));
      if (file.path("kind").asText().equals("hl7v2")
          && TYPES.contains(file.path("type").asText())
          && !features.contains("fragment")
          && !features.contains("no-msh")) {
        files.add(CORPUS.resolve(file.path("path").asText()));
      }
    }
    return files;
  }

  /**
   * The files are text: line ends stand for segment ends, and none of them may look like the
   * frame's own bytes. Each asks for an answer in the original mode (MSH-15 and MSH-16 empty),
   * since some of them want none.
   */
  private static byte[] framed(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    if (!text.contains("\r")) {
      text = text.replace('\n', '\r');
    }
    int end = text.indexOf('\r') < 0 ? text.length() : text.indexOf('\r');
    String separator = String.valueOf(text.charAt(3));
    String[] msh = text.substring(0, end).split(Pattern.quote(separator), -1);
    for (int field = 14; field < Math.min(16, msh.length); field++) {
      msh[field] = "";
    }
    text = String.join(separator, msh) + text.substring(end);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    text.chars().filter(character -> character != 0x0b && character != 0x1c).forEach(bytes::write);
    return bytes.toByteArray();
  }

  private String one(String sql) throws SQLException {
    return many(sql).get(0);
  }

  private List<String> many(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = hub.bean("inboxDataSource", DataSource.class).getConnection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }
}

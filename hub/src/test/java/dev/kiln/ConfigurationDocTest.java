package dev.kiln;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * docs/configuration.md lists every setting that there is, with its default and its meaning from
 * the settings records.
 */
class ConfigurationDocTest {

  private static final Path DOCUMENT = Path.of("../docs/configuration.md");

  private static final String HEAD =
      """
      # Configuration

      Every setting can be given as an environment variable (upper case, dots become underscores, dashes are left
      out: `KILN_FHIR_DATABASE_URL`), in `config/application.yaml` beside `kiln`, or as `--name=value` to the jar.
      Secrets are given as files and never as values. This page is written from the settings records by
      `ConfigurationDocTest`; `mvn -pl hub -am verify -Dtest=ConfigurationDocTest -Dkiln.update-docs` writes it anew.

      | setting | default | meaning |
      |---|---|---|
      """;

  /** With {@code -Dkiln.update-docs} the page is written anew instead of compared. */
  @Test
  void theDocumentIsWhatTheRecordsSay() throws IOException {
    TreeMap<String, String> rows = new TreeMap<>();
    for (URL file :
        Collections.list(
            getClass()
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      for (JsonNode property : new ObjectMapper().readTree(file).path("properties")) {
        String name = property.path("name").asText();
        if (name.startsWith("kiln.")) {
          rows.put(name, row(name, property));
        }
      }
    }
    assertThat(rows).hasSizeGreaterThan(10);
    String document = HEAD + String.join("", rows.values());
    if (System.getProperty("kiln.update-docs") != null) {
      Files.writeString(DOCUMENT, document);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
  }

  private static String row(String name, JsonNode property) {
    assertThat(property.path("description").asText())
        .as(name + " needs a Javadoc line")
        .isNotBlank();
    JsonNode value = property.path("defaultValue");
    String shown =
        value.isMissingNode() || value.isArray() && value.isEmpty()
            ? ""
            : "`" + value.asText() + "`";
    return "| `%s` | %s | %s |\n".formatted(name, shown, property.path("description").asText());
  }
}

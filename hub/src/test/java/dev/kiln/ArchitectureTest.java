package dev.kiln;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.DependencyType;

/**
 * The arrows between the modules are those that their package-infos allow, and docs/architecture.md
 * shows them.
 */
class ArchitectureTest {

  private static final Path DOCUMENT = Path.of("../docs/architecture.md");
  private static final String BEGIN = "<!-- drawn by ArchitectureTest -->\n";
  private static final String END = "<!-- end of the drawing -->";

  private final ApplicationModules modules = ApplicationModules.of(KilnApplication.class);

  @Test
  void everyArrowIsAllowed() {
    modules.verify();
  }

  /** With {@code -Dkiln.update-docs} the picture is drawn anew instead of compared. */
  @Test
  void theDocumentShowsTheModulesAsTheyAre() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END);
    String drawn = document.substring(0, begin) + picture() + document.substring(end);
    if (System.getProperty("kiln.update-docs") != null) {
      Files.writeString(DOCUMENT, drawn);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(drawn);
  }

  /** A Mermaid graph: one box a module, one arrow for what its code really uses. */
  private String picture() {
    List<String> lines = new ArrayList<>();
    for (ApplicationModule module : modules) {
      lines.add("  " + name(module) + "[\"" + module.getIdentifier() + "\"]");
      module
          .getDirectDependencies(modules, DependencyType.values())
          .uniqueModules()
          .filter(target -> !target.equals(module))
          .forEach(target -> lines.add("  " + name(module) + " --> " + name(target)));
    }
    return lines.stream()
        .sorted()
        .distinct()
        .collect(Collectors.joining("\n", "```mermaid\ngraph LR\n", "\n```\n"));
  }

  private static String name(ApplicationModule module) {
    return module.getIdentifier().toString().replace('.', '_');
  }
}

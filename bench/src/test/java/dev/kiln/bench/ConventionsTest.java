package dev.kiln.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the hub's ConventionsTest asks of all other modules, and that this one knows none of them.
 */
class ConventionsTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final int MOST_CLASSES = 12;

  /** A name in quotes is no import: the hub may give it to something else, and the bench fails. */
  @Test
  void nothingOfTheHubIsImported() throws IOException {
    for (Path source : files(SOURCES, ".java")) {
      assertThat(Files.readString(source).lines().map(line -> line.replaceAll("\"[^\"]*\"", "")))
          .as(source.toString())
          .noneMatch(line -> line.contains("dev.kiln.") && !line.contains("dev.kiln.bench"));
    }
  }

  @Test
  void packagesAreSmallAndSayWhatTheyAreFor() throws IOException {
    List<Path> packages = files(SOURCES, ".java").stream().map(Path::getParent).distinct().toList();
    assertThat(packages).hasSizeGreaterThan(1);
    for (Path folder : packages) {
      try (Stream<Path> classes = Files.list(folder)) {
        assertThat(classes.filter(Files::isRegularFile).map(Path::getFileName))
            .contains(Path.of("package-info.java"))
            .hasSizeLessThanOrEqualTo(MOST_CLASSES + 1);
      }
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}

package dev.kiln.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kiln.ops.Ports;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The five-minute tour of the README, run word for word, in a checkout of symbolic links that has
 * its own data.
 */
class TourIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path checkout;

  @AfterEach
  void stop() throws Exception {
    new ProcessBuilder("./kiln", "stop").directory(checkout.toFile()).inheritIO().start().waitFor();
  }

  @Test
  void theTourIsTrue() throws Exception {
    assumeThat(Ports.isFree("127.0.0.1", 8080) && Ports.isFree("127.0.0.1", 2575))
        .as("ports 8080 and 2575, which the tour names, are free")
        .isTrue();
    unpack();
    for (String name :
        List.of(
            "kiln",
            "pom.xml",
            "examples",
            "hub",
            "profiles",
            "terminology",
            "bench",
            "fhir-server",
            "camel-routes",
            "smart-auth")) {
      Files.createSymbolicLink(checkout.resolve(name), ROOT.resolve(name));
    }
    String tour = Files.readString(ROOT.resolve("README.md"));
    tour = tour.substring(tour.indexOf("## Five-minute tour"));
    tour = tour.substring(0, tour.indexOf("\n## ", 5));
    String commands =
        Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
            .matcher(tour)
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining());
    assertThat(commands).contains("./kiln demo", "./kiln send", "curl");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-ex").directory(checkout.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("KILN_"));
    Path output = checkout.resolve("tour.log");
    Process shell = builder.redirectOutput(output.toFile()).start();
    shell.getOutputStream().write(commands.getBytes());
    shell.getOutputStream().close();
    assertThat(shell.waitFor(8, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(output);
    assertThat(shell.exitValue()).as(said).isZero();
    // What the README says one sees, one sees.
    Matcher seen = Pattern.compile("<!-- sees: (.*?) -->").matcher(tour);
    int promises = 0;
    while (seen.find()) {
      assertThat(said).contains(seen.group(1));
      promises++;
    }
    assertThat(promises).isGreaterThan(4);
  }

  /**
   * As the script does after a build; a build inside of this one would pull the jar from under the
   * other tests.
   */
  private static void unpack() throws Exception {
    Path app = Path.of("target/app");
    if (Files.exists(app)) {
      Files.walkFileTree(
          app,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws java.io.IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure)
                throws java.io.IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    }
    Process extract =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djarmode=tools",
                "-jar",
                "target/kiln.jar",
                "extract",
                "--destination",
                "target/app")
            .inheritIO()
            .start();
    assertThat(extract.waitFor()).isZero();
    Files.setLastModifiedTime(app.resolve("kiln.jar"), FileTime.from(Instant.now()));
  }
}

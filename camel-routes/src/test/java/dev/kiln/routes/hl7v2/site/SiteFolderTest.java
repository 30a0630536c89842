package dev.kiln.routes.hl7v2.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.routes.control.SiteControl.Profile;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.settings.WrongSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles are changed while messages come. */
class SiteFolderTest {

  private static final String NORTH = "facility: NORTH\nsource: Northfield\n";

  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("sites");
  }

  private static String source(SiteFolder sites, String facility) {
    return sites.profiles().of(Sample.message("MSH|^~\\&|ADT|" + facility).msh()).source();
  }

  private List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(folder().resolve(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void whatIsSavedHoldsAtOnceAndAfterTheNextStart() throws IOException {
    SiteFolder sites = new SiteFolder(folder());
    assertThat(source(sites, "NORTH")).isNull();

    Profile saved = sites.save("north", NORTH);

    assertThat(source(sites, "NORTH")).isEqualTo("Northfield");
    assertThat(source(new SiteFolder(folder()), "NORTH")).isEqualTo("Northfield");
    assertThat(saved.name()).isEqualTo("north");
    assertThat(saved.application()).isNull();
    assertThat(saved.facility()).isEqualTo("NORTH");
    assertThat(Duration.between(saved.changed(), Instant.now())).isLessThan(Duration.ofMinutes(1));
    assertThat(sites.told()).containsExactly(saved);
    assertThat(new SiteFolder(folder()).told()).extracting(Profile::text).containsExactly(NORTH);
    assertThat(files(".")).containsExactly(folder().resolve("./north.yaml"));
  }

  @Test
  void theVersionsBeforeAreKept() throws IOException {
    SiteFolder sites = new SiteFolder(folder());
    sites.save("north", NORTH);
    sites.save("north", NORTH.replace("Northfield", "Northwood"));
    // By hand, in an editor.
    Files.writeString(folder().resolve("north.yaml"), "# by hand");
    sites.save("north", NORTH.replace("Northfield", "Northgate"));
    sites.remove("north");

    assertThat(source(sites, "NORTH")).isNull();
    assertThat(sites.told()).isEmpty();
    assertThat(files(".")).isEmpty();
    assertThat(files("history"))
        .allMatch(file -> file.getFileName().toString().matches("north-\\d{8}T\\d{6}\\.\\d+Z.yaml"))
        .extracting(Files::readString)
        .containsExactly(NORTH, "# by hand", NORTH.replace("Northfield", "Northgate"));
    assertThat(new SiteFolder(folder()).told()).isEmpty();
  }

  @Test
  void aWrongOneChangesNothing() throws IOException {
    SiteFolder sites = new SiteFolder(folder());
    sites.save("north", NORTH);

    assertThatThrownBy(() -> sites.save("north", NORTH + "timezone: UTC"))
        .isInstanceOf(WrongSite.class)
        .hasMessage("line 3: there is no setting timezone.");
    assertThatThrownBy(() -> sites.save("other", "facility: NORTH"))
        .isInstanceOf(WrongSite.class)
        .hasMessage(
            "line 1: the profiles other and north are for the same sender; make one of them.");
    assertThatThrownBy(() -> sites.save("large", "#" + "\u00fc".repeat(128 * 1024)))
        .isInstanceOf(WrongSite.class)
        .hasMessageContaining("larger than 256 KB");
    assertThatThrownBy(() -> sites.proposed("other", "facility: NORTH"))
        .isInstanceOf(WrongSite.class);

    assertThat(source(sites, "NORTH")).isEqualTo("Northfield");
    assertThat(files(".")).hasSize(1);
    assertThat(folder().resolve("history")).doesNotExist();
  }

  /** What one sender's file has become on the disk does not matter to the others. */
  @Test
  void aFileThatIsWrongByHandDoesNotHinderTheOthers() throws IOException {
    SiteFolder sites = new SiteFolder(folder());
    sites.save("north", NORTH);
    Files.writeString(folder().resolve("north.yaml"), "facility: [");

    sites.save("south", "facility: SOUTH\nsource: Southfield");

    assertThat(source(sites, "NORTH")).isEqualTo("Northfield");
    assertThat(source(sites, "SOUTH")).isEqualTo("Southfield");
  }

  @Test
  void aProposalWritesNothing() {
    SiteFolder sites = new SiteFolder(folder());

    SiteProfiles proposed = sites.proposed("north", NORTH);

    assertThat(proposed.of(Sample.message("MSH|^~\\&|ADT|NORTH").msh()).source())
        .isEqualTo("Northfield");
    assertThat(source(sites, "NORTH")).isNull();
    assertThat(folder()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "../north",
        "a/b",
        "a.b",
        "-a",
        "North",
        "history/a",
        "a\u0000b",
        "12345678901234567890123456789012345678901"
      })
  void aNameNeverLeadsOutOfTheFolder(String name) {
    SiteFolder sites = new SiteFolder(folder());

    assertThatThrownBy(() -> sites.save(name, NORTH)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sites.remove(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sites.proposed(name, NORTH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder()).doesNotExist();
  }

  @Test
  void whatIsNotThereCannotBeRemoved() {
    assertThatThrownBy(() -> new SiteFolder(folder()).remove("north"))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void whatCannotBeWrittenDoesNotHold() throws IOException {
    Files.writeString(folder(), NORTH);
    SiteFolder sites = new SiteFolder(folder());
    assertThat(source(sites, "NORTH")).isEqualTo("Northfield");

    assertThatThrownBy(() -> sites.save("south", "facility: SOUTH\nsource: Southfield"))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(source(sites, "SOUTH")).isNull();
    assertThat(source(sites, "NORTH")).isEqualTo("Northfield");
  }
}

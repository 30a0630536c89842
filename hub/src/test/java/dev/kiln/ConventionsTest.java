package dev.kiln;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What keeps the tree readable, checked on the compiled classes of all modules. */
class ConventionsTest {

  private static final int MOST_CLASSES = 12;

  private final JavaClasses kiln =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.kiln");

  @Test
  void allModulesAreLookedAt() {
    assertThat(kiln.stream().map(JavaClass::getPackageName))
        .contains(
            "dev.kiln",
            "dev.kiln.fhir.rest",
            "dev.kiln.routes.inbox",
            "dev.kiln.auth",
            "dev.kiln.profiles",
            "dev.kiln.terminology");
  }

  @Test
  void noDumpingGrounds() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..misc..")
        .orShould()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)$")
        .check(kiln);
  }

  @Test
  void packagesStaySmall() {
    Map<String, Long> classes =
        kiln.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
    classes.values().removeIf(count -> count <= MOST_CLASSES);
    assertThat(classes).isEmpty();
  }

  /**
   * The package-info must keep an annotation, or the compiler writes no class file for it; so the
   * sources are read.
   */
  @Test
  void everyPackageSaysWhatItIsFor() {
    Set<String> silent = new TreeSet<>();
    for (JavaClass type : kiln) {
      String path = type.getPackageName().replace('.', '/') + "/package-info.java";
      boolean told =
          Set.of("profiles", "terminology", "fhir-server", "camel-routes", "smart-auth", "hub")
              .stream()
              .map(module -> java.nio.file.Path.of("..", module, "src/main/java", path))
              .anyMatch(java.nio.file.Files::exists);
      if (!told) {
        silent.add(type.getPackageName());
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void nobodyLivesInOtherPeoplesPackages() {
    assertThat(
            new ClassFileImporter()
                    .importPaths(
                        "target/classes",
                        "../fhir-server/target/classes",
                        "../camel-routes/target/classes",
                        "../smart-auth/target/classes",
                        "../profiles/target/classes",
                        "../terminology/target/classes")
                    .stream()
                    .map(JavaClass::getPackageName)
                    .filter(name -> !name.startsWith("dev.kiln")))
        .isEmpty();
  }
}

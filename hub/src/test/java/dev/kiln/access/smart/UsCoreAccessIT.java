package dev.kiln.access.smart;

import static dev.kiln.access.smart.Chart.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http.Answer;
import dev.kiln.access.smart.SmartApp.Kind;
import dev.kiln.auth.launch.Launches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What launched tokens of several kinds open of each type of US Core. */
class UsCoreAccessIT {

  private static final String IDENTITY = "openid fhirUser offline_access ";

  private static List<Token> wide;
  private static Token even;
  private static Token odd;

  @BeforeAll
  static void launch() throws IOException {
    Chart chart = Chart.get();
    String version2 = IDENTITY + "launch/patient patient/*.rs";
    String version1 = IDENTITY + "launch/patient patient/*.read";
    String everyType = IDENTITY + "launch/patient " + scopes("patient/%s.rs");
    String everyTypeOfVersion1 = IDENTITY + "launch/patient " + scopes("patient/%s.read");
    String clinician = IDENTITY + "launch user/*.rs";
    wide =
        List.of(
            standalone(chart.alba, version2, line -> true),
            standalone(chart.drake, version1, line -> true),
            standalone(chart.drake, everyType, line -> true),
            standalone(chart.alba, everyTypeOfVersion1, line -> true),
            SmartApp.of(Kind.SYMMETRIC, clinician)
                .ehr(chart.drake, Launches.Context.of(PATIENT, null), clinician));
    even = standalone(chart.alba, everyType, line -> position(line) % 2 == 0);
    odd = standalone(chart.alba, everyType, line -> position(line) < 0 || position(line) % 2 == 1);
  }

  private static Token standalone(Person person, String scope, Predicate<String> ticked) {
    return SmartApp.of(Kind.SYMMETRIC, scope)
        .standalone(person, PATIENT, scope, ticked, part -> false);
  }

  private static String scopes(String form) {
    return Chart.usCoreTypes().stream().map(form::formatted).collect(Collectors.joining(" "));
  }

  /** Of a type's scope among all types; less than any where it is about no type. */
  private static int position(String scope) {
    return scope.startsWith("patient/")
        ? new ArrayList<>(Chart.usCoreTypes())
            .indexOf(scope.substring("patient/".length(), scope.indexOf('.')))
        : -2;
  }

  static List<Arguments> usCore() {
    return Chart.usCore();
  }

  @ParameterizedTest(name = "{0}{1}")
  @MethodSource("usCore")
  @DisplayName(
      "unrestricted_resource_type_access, g10_smart_v1_scopes: the first mandatory search of each"
          + " type, by patient/*.rs, patient/*.read, a scope for each type in both versions, and"
          + " user/*.rs")
  void isOpen(String type, String search, String expected) {
    for (Token token : wide) {
      assertThat(Chart.found(token.http(), type + search))
          .as(token.text("scope"))
          .contains(expected)
          .noneMatch(id -> id.startsWith("smart-bert"));
    }
  }

  @ParameterizedTest(name = "{0}{1}")
  @MethodSource("usCore")
  @DisplayName(
      "g10_smart_limited_app: g10_limited_scope_grant, restricted_resource_type_access: what is"
          + " not ticked is not granted and not open, what is ticked is both")
  void isOpenWhereItIsTicked(String type, String search, String expected) {
    String scope = "patient/" + type + ".rs";
    List<Token> granted =
        List.of(even, odd).stream()
            .sorted(Comparator.comparing((Token token) -> !token.scopes().contains(scope)))
            .toList();
    assertThat(granted.get(0).scopes()).contains(scope);
    assertThat(granted.get(1).scopes()).doesNotContain(scope).hasSizeGreaterThan(4);
    assertThat(Chart.found(granted.get(0).http(), type + search)).contains(expected);
    Answer refused = granted.get(1).http().get("/fhir/" + type + search);
    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    assertThat(refused.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
    assertThat(granted.get(1).http().get("/fhir/" + type + "/" + expected).status()).isEqualTo(403);
  }
}

package dev.kiln.auth.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.Accounts.Ceiling;
import dev.kiln.auth.SmartScope;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScopesTest {

  private static Ceiling ceiling(String... scopes) {
    return new Ceiling(
        Stream.of(scopes)
            .map(scope -> SmartScope.of(scope).orElseThrow())
            .collect(Collectors.toSet()),
        Set.of("message.read"));
  }

  private static boolean isCovered(String narrower, String... wider) {
    return Scopes.areCovered(List.of(narrower), List.of(wider));
  }

  @Test
  void splitsAtSpacesOnly() {
    assertThat(Scopes.split(" openid  patient/Observation.rs?category=a,b "))
        .containsExactly("openid", "patient/Observation.rs?category=a,b");
    assertThat(Scopes.split("")).isEmpty();
  }

  @Test
  @DisplayName("scopes 123, 144: a wider scope covers what it contains, a wildcard every type")
  void coversWhatItContains() {
    assertThat(isCovered("patient/Observation.r", "patient/*.rs")).isTrue();
    assertThat(isCovered("patient/Observation.rs?category=a,b", "patient/Observation.rs")).isTrue();
    assertThat(isCovered("patient/*.read", "patient/*.rs")).isTrue();
    assertThat(isCovered("patient/*.*", "patient/*.cruds")).isTrue();
    assertThat(isCovered("openid", "openid")).isTrue();
  }

  @Test
  void coversNothingElse() {
    assertThat(isCovered("user/Observation.r", "patient/*.rs")).isFalse();
    assertThat(isCovered("patient/*.rs", "patient/Observation.rs")).isFalse();
    assertThat(isCovered("patient/Observation.rs", "patient/Observation.rs?category=a")).isFalse();
    assertThat(isCovered("patient/*.write", "patient/*.rs")).isFalse();
    assertThat(isCovered("fhirUser", "openid", "patient/*.cruds")).isFalse();
    // Two scopes together do what neither does alone; the request must then name both.
    assertThat(isCovered("patient/Observation.rs", "patient/*.r", "patient/*.s")).isFalse();
  }

  @Test
  void leavesOfScopesWhatTheRolesAllow() {
    assertThat(
            Scopes.within(
                List.of("openid", "user/*.cruds", "patient/*.read"),
                ceiling("user/Patient.rs", "user/Slot.cu", "patient/*.rs")))
        .containsExactly("openid", "user/Patient.rs", "user/Slot.cu", "patient/*.read");
    assertThat(
            Scopes.within(
                List.of("user/Observation.rs?code=1"), ceiling("user/Observation.r?category=a")))
        .containsExactly("user/Observation.r?code=1&category=a");
    assertThat(Scopes.within(List.of("user/Patient.rs"), ceiling("patient/*.cruds"))).isEmpty();
    assertThat(Scopes.within(List.of("user/Patient.rs"), ceiling("user/Patient.c"))).isEmpty();
    assertThat(Scopes.within(List.of("user/Patient.rs", "launch"), ceiling()))
        .containsExactly("launch");
  }

  @Test
  void leavesTheRightsThatTheRolesHave() {
    assertThat(Scopes.within(List.of("launch", "message.read", "message.reveal"), ceiling()))
        .containsExactly("launch", "message.read");
    assertThat(Scopes.rights(List.of("openid", "user/Patient.rs", "message.read")))
        .containsExactly("message.read");
  }

  @Test
  void knowsWhichNeedAPatient() {
    assertThat(Scopes.needPatient(List.of("launch/patient"))).isTrue();
    assertThat(Scopes.needPatient(List.of("openid", "patient/Slot.r"))).isTrue();
    assertThat(Scopes.needPatient(List.of("openid", "user/Patient.r", "launch"))).isFalse();
  }
}

package dev.kiln.fhir.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenParametersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code",
        "code:not",
        "code:text",
        "name:exact",
        "subject:Patient",
        "subject:identifier",
        "birthdate:missing",
        "_id",
        "_tag",
        "_total",
        "_elements"
      })
  void aboutTheResourceItself(String name) {
    assertThat(OpenParameters.closed(Map.of(name, List.of("x")), Set.of(), false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_has:Observation:subject:code",
        "subject.name",
        "subject:Patient.name",
        "patient.general-practitioner.name",
        "code:in",
        "code:not-in",
        "code:above",
        "code:below",
        "name:nickname",
        "subject:mdm",
        "_filter",
        "_content",
        "_text",
        "_list",
        "_query",
        "_contained",
        "_containedType",
        "_type",
        "_include",
        "_include:iterate",
        "_revinclude",
        "_ID",
        "_"
      })
  void aboutAnythingElse(String name) {
    assertThat(OpenParameters.closed(Map.of(name, List.of("x")), Set.of(), false)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"subject.name", "date,subject.name", "-patient.birthdate"})
  void anOrderByAnotherResource(String order) {
    assertThat(OpenParameters.closed(Map.of("_sort", List.of("date", order)), Set.of(), false))
        .contains("_sort");
  }
}

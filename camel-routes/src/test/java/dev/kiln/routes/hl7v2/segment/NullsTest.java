package dev.kiln.routes.hl7v2.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.Sample;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NullsTest {

  private static final String MSH = "MSH|^~\\&|ADT|HOSP|||20260301||ADT^A08|1|P|2.5";

  private static Map<String, String> removed(String... segments) {
    List<BundleEntryComponent> entries = Sample.translate(segments).statement().bundle().getEntry();
    return entries.stream()
        .map(BundleEntryComponent::getResource)
        .flatMap(NullsTest::removals)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static java.util.stream.Stream<Map.Entry<String, String>> removals(Resource resource) {
    return Origin.removed(resource).entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), resource.fhirType() + "." + entry.getValue()));
  }

  @ParameterizedTest
  @CsvSource({
    "PID,5,Patient.name",
    "PID,7,Patient.birthDate",
    "PID,8,Patient.gender",
    "PID,13,Patient.telecom",
    "PID,14,Patient.telecom",
    "PID,16,Patient.maritalStatus",
    "PID,29,Patient.deceased",
    "PV1,3,Encounter.location",
    "PV1,7,Encounter.participant",
    "PV1,14,Encounter.hospitalization.admitSource",
    "PV1,44,Encounter.period.start",
    "PV1,45,Encounter.period.end",
    "PV2,3,Encounter.reasonCode",
    "PD1,4,Patient.generalPractitioner",
    "AL1,5,AllergyIntolerance.reaction",
    "DG1,5,Condition.onset",
    "IN1,12,Coverage.period.start"
  })
  void theNullRemovesWhatItsFieldTells(String segment, int field, String element) {
    Map<String, String> firstFields =
        Map.of(
            "PID", "PID|||1^^^A",
            "PV1", "PV1||I",
            "PV2", "PV2|",
            "PD1", "PD1|",
            "AL1", "AL1|||X^Latex",
            "DG1", "DG1|||X^Fever",
            "IN1", "IN1|1||7^^^P|Payor");
    String begun = firstFields.get(segment);
    int there = (int) begun.chars().filter(c -> c == '|').count();
    String line = begun + "|".repeat(Math.max(0, field - there)) + "\"\"";
    String[] message =
        segment.equals("PID")
            ? new String[] {MSH, line}
            : segment.equals("PV1")
                ? new String[] {MSH, "PID|||1^^^A", line}
                : new String[] {MSH, "PID|||1^^^A", "PV1||I", line};

    assertThat(removed(message)).containsExactly(Map.entry(segment + "-" + field, element));
  }

  @Test
  void anAbsentFieldRemovesNothing() {
    assertThat(removed(MSH, "PID|||1^^^A||^^|||", "PV1||I||")).isEmpty();
  }

  @Test
  void aContactWithoutNameIsNobody() {
    assertThat(removed(MSH, "PID|||1^^^A", "NK1|1|\"\""))
        .containsExactly(Map.entry("NK1", "Patient.contact"));
  }
}

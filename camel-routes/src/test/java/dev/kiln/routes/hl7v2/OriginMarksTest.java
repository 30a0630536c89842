package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a message says can be traced to its field, and nothing else looks as if it could. */
class OriginMarksTest {

  /** What translators fill in themselves, by the resource and the element. */
  private static final Set<String> OWN =
      Set.of(
          "Account.status",
          "AllergyIntolerance.clinicalStatus",
          "Condition.category",
          "Coverage.status",
          "DiagnosticReport.status",
          "DocumentReference.status",
          "Encounter.class",
          "Encounter.period.end",
          "Encounter.status",
          "Observation.code",
          "Observation.identifier",
          "Observation.status",
          "Procedure.status",
          "ServiceRequest.intent",
          "ServiceRequest.status");

  private static final Set<String> IDENTITY = Set.of("id", "meta", "reference");

  @ParameterizedTest
  @MethodSource("dev.kiln.routes.hl7v2.ExamplesTest#examples")
  void whatHasNoMarkIsTheTranslatorsOwn(Path folder) throws IOException {
    Set<String> unmarked = new TreeSet<>();
    byte[] raw = Files.readAllBytes(folder.resolve("message.hl7"));
    for (BundleEntryComponent entry :
        Sample.format().translate(raw).statement().bundle().getEntry()) {
      walk(entry.getResource(), entry.getResource().fhirType(), unmarked);
    }
    // A message that is kept as a document says nothing by fields.
    unmarked.removeIf(path -> folder.getParent().endsWith("document") && !path.startsWith("P"));
    assertThat(unmarked)
        .allMatch(path -> OWN.stream().anyMatch(own -> (path + ".").startsWith(own + ".")));
  }

  private static void walk(Base element, String path, Set<String> unmarked) {
    if (Origin.of(element).isPresent()) {
      return;
    }
    if (element.isPrimitive()) {
      unmarked.add(path);
    }
    for (Property property : element.children()) {
      if (!IDENTITY.contains(property.getName())) {
        for (Base value : property.getValues()) {
          walk(value, path + "." + property.getName().replace("[x]", ""), unmarked);
        }
      }
    }
  }

  @Test
  void marksNameTheRepetitionAndTheComponent() {
    var patient =
        (org.hl7.fhir.r4.model.Patient)
            Sample.translate(
                    "MSH|^~\\&|ADT|HOSP|||20260301||ADT^A01|1|P|2.5",
                    "PID|||1^^^A^MR~2^^^B||Eze^Uche^Ada^^Dr.|||F|||||||||||||||||||||||Y")
                .statement()
                .bundle()
                .getEntryFirstRep()
                .getResource();

    assertThat(Origin.of(patient.getIdentifier().get(0))).contains("PID-3");
    assertThat(Origin.of(patient.getIdentifier().get(1))).contains("PID-3[2]");
    assertThat(Origin.of(patient.getIdentifier().get(1).getValueElement())).contains("PID-3[2].1");
    assertThat(Origin.of(patient.getIdentifier().get(1).getSystemElement())).contains("PID-3[2].4");
    assertThat(Origin.of(patient.getNameFirstRep())).contains("PID-5");
    assertThat(Origin.of(patient.getNameFirstRep().getGiven().get(1))).contains("PID-5.3");
    assertThat(Origin.of(patient.getGenderElement())).contains("PID-8.1");
  }

  @Test
  void aDefaultHasNoMark() {
    var visit =
        (org.hl7.fhir.r4.model.Encounter)
            Sample.translate(
                    "MSH|^~\\&|LAB|HOSP|||20260301||ORU^R01|1|P|2.5",
                    "PID|||1^^^A^MR",
                    "PV1|||WEST",
                    "OBR|1")
                .statement()
                .bundle()
                .getEntry()
                .get(1)
                .getResource();

    assertThat(Origin.isMentioned(visit)).isTrue();
    assertThat(Origin.of(visit.getStatusElement())).isEmpty();
    assertThat(Origin.of(visit.getClass_())).isEmpty();
    assertThat(Origin.of(visit.getLocationFirstRep())).contains("PV1-3");
  }
}

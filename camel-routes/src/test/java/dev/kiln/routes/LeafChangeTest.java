package dev.kiln.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;

class LeafChangeTest {

  private static final Instant TIME = Instant.parse("2026-03-01T09:30:00Z");

  private static Statement statement(String source, Instant time, Resource... resources) {
    Bundle bundle = new Bundle();
    for (Resource resource : resources) {
      bundle.addEntry().setResource(resource);
    }
    return new Statement(bundle, source, time, time, List.of());
  }

  private static Patient patient(String id, String system) {
    Patient patient = new Patient();
    patient.setId(id);
    patient
        .addIdentifier()
        .setValue("4711")
        .setSystemElement(Origin.mark(new UriType(system), "PID-3.4"));
    return patient;
  }

  private static Observation observation(String text) {
    Observation observation = new Observation();
    observation.getCode().setText(text);
    return observation;
  }

  @Test
  void resourcesAreKnownByTheirOrderAmongThoseOfTheirType() {
    List<LeafChange> changes =
        LeafChange.between(
            statement("NORTH", TIME, observation("a"), patient("1", "urn:a"), observation("b")),
            statement("Northfield", TIME, patient("2", "urn:b"), observation("a")));

    assertThat(changes)
        .containsExactly(
            new LeafChange(
                "message",
                new Leaf("source", "NORTH", "string", "MSH-4"),
                new Leaf("source", "Northfield", "string", "MSH-4")),
            new LeafChange(
                "Patient[1]", new Leaf("id", "1", "id", ""), new Leaf("id", "2", "id", "")),
            new LeafChange(
                "Patient[1]",
                new Leaf("identifier[0].system", "urn:a", "uri", "PID-3.4"),
                new Leaf("identifier[0].system", "urn:b", "uri", "PID-3.4")),
            new LeafChange("Observation[2]", new Leaf("code.text", "b", "string", ""), null));
  }

  @Test
  void whereNothingIsSaidEverythingIsAdded() {
    Statement said = statement("NORTH", null, observation("a"));

    assertThat(LeafChange.between(null, said))
        .allMatch(change -> change.before() == null)
        .extracting(change -> change.resource() + "." + change.path())
        .containsExactly("message.source", "Observation[1].code.text");
    assertThat(LeafChange.between(said, null))
        .hasSize(2)
        .allMatch(change -> change.after() == null);
    assertThat(LeafChange.between((Statement) null, null)).isEmpty();
  }

  @Test
  void ofOneResourceTheNameIsEmpty() {
    assertThat(LeafChange.between(patient("1", "urn:a"), patient("2", "urn:b")))
        .singleElement()
        .isEqualTo(
            new LeafChange(
                "",
                new Leaf("identifier[0].system", "urn:a", "uri", "PID-3.4"),
                new Leaf("identifier[0].system", "urn:b", "uri", "PID-3.4")));
  }
}

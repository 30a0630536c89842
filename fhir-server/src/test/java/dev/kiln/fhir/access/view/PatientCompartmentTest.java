package dev.kiln.fhir.access.view;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import dev.kiln.fhir.access.view.PatientCompartment.Rule;
import java.util.Arrays;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientCompartmentTest {

  private final PatientCompartment compartment = new PatientCompartment(FhirContext.forR4Cached());

  @Test
  void anyOfTheParametersPlacesAResourceInAChart() {
    assertThat(compartment.holds(observation("Patient/1"), "1")).isTrue();
    assertThat(compartment.holds(observation("Patient/2", "Patient/1"), "1")).isTrue();
    assertThat(compartment.holds(observation("Patient/2", "Practitioner/1"), "1")).isFalse();
    assertThat(compartment.holds(new Observation(), "1")).isFalse();
    Device device = new Device();
    device.setPatient(new Reference("Patient/1"));
    assertThat(compartment.holds(device, "1")).isTrue();
    assertThat(compartment.holds(device, "2")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/fhir/Patient/1",
        "#1",
        "urn:uuid:1",
        "Patient?identifier=1",
        "Practitioner/1",
        "Patient/11",
        "Group/1",
        "1"
      })
  void whatOnlyLooksLikeThePatientIsNot(String reference) {
    assertThat(compartment.holds(observation(reference), "1")).isFalse();
    assertThat(compartment.isOnlyOf(observation(reference), "1")).isFalse();
  }

  @Test
  void whatIsInTwoChartsIsSeenFromBothAndWrittenFromNone() {
    Observation shared = observation("Patient/1", "Patient/2");
    assertThat(compartment.holds(shared, "1")).isTrue();
    assertThat(compartment.holds(shared, "2")).isTrue();
    assertThat(compartment.isOnlyOf(shared, "1")).isFalse();
    assertThat(compartment.isOnlyOf(observation("Patient/1", "Practitioner/2"), "1")).isTrue();
    AllergyIntolerance allergy = new AllergyIntolerance();
    allergy.setPatient(new Reference("Patient/1"));
    allergy.setAsserter(new Reference("Patient/2"));
    assertThat(compartment.isOnlyOf(allergy, "1")).isFalse();
  }

  @Test
  void aPatientIsItselfAndNotItsLinks() {
    Patient linked = new Patient();
    linked.setId("Patient/2");
    linked.addLink().setOther(new Reference("Patient/1"));
    assertThat(compartment.holds(linked, "1")).isFalse();
    assertThat(compartment.holds(linked, "2")).isTrue();
    assertThat(compartment.holds(new Patient(), "1")).isFalse();
  }

  @Test
  void whoNamesOthersIsClosedAndWhatAllPointToIsNotWritten() {
    Group group = new Group();
    group.addMember().setEntity(new Reference("Patient/1"));
    assertThat(compartment.rule("Group")).isEqualTo(Rule.CLOSED);
    assertThat(compartment.holds(group, "1")).isFalse();
    assertThat(compartment.rule("AuditEvent")).isEqualTo(Rule.CLOSED);
    assertThat(compartment.rule("Binary")).isEqualTo(Rule.CLOSED);
    assertThat(compartment.rule("Nonsense")).isEqualTo(Rule.CLOSED);
    assertThat(compartment.holds(new Practitioner(), "1")).isTrue();
    assertThat(compartment.isOnlyOf(new Practitioner(), "1")).isFalse();
  }

  @Test
  void theDatabaseIsAskedOncePerElement() {
    assertThat(compartment.filter("Observation", "1"))
        .isEqualTo("(performer eq \"Patient/1\") or (subject eq \"Patient/1\")");
    assertThat(compartment.filter("Encounter", "1")).isEqualTo("(subject eq \"Patient/1\")");
    assertThat(compartment.filter("Appointment", "1")).isEqualTo("(actor eq \"Patient/1\")");
    assertThat(compartment.filter("Coverage", "1"))
        .as("patient and beneficiary are one element")
        .contains("patient eq")
        .doesNotContain("beneficiary eq");
    assertThat(compartment.filter("Patient", "1")).isEqualTo("_id eq \"1\"");
    assertThat(compartment.filter("Practitioner", "1")).isEmpty();
  }

  private static Observation observation(String subject, String... performers) {
    Observation observation = new Observation();
    observation.setSubject(new Reference(subject));
    Arrays.stream(performers).map(Reference::new).forEach(observation::addPerformer);
    return observation;
  }
}

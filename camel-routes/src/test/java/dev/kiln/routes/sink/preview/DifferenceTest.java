package dev.kiln.routes.sink.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Origin;
import dev.kiln.routes.control.MessageReplay.Change;
import dev.kiln.routes.control.MessageReplay.Element;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  private static Patient named(String family, String... given) {
    Patient patient = new Patient();
    HumanName name = patient.addName();
    name.setFamilyElement(Origin.mark(new StringType(family), "PID-5.1"));
    for (String one : given) {
      name.addGiven(one);
    }
    return patient;
  }

  @Test
  void tellsElementByElementWhatIsAddedReplacedAndRemoved() {
    Patient before = named("Kettle", "Copper", "Ann");
    before.setId(new IdType("Patient", "1", "3"));
    Patient after = named("Pot", "Copper");
    after.setActive(true);

    Change change = Difference.of("Patient/1", before, after);

    assertThat(change.version()).isEqualTo("3");
    assertThat(change.elements())
        .containsExactlyInAnyOrder(
            new Element("name[0].family", "Kettle", "Pot", "PID-5.1"),
            new Element("active", null, "true", ""),
            new Element("name[0].given[1]", "Ann", null, ""));
  }

  @Test
  void ofWhatIsNewEverythingIsAdded() {
    Change change = Difference.of("Patient/1", null, named("Kettle"));

    assertThat(change.version()).isEmpty();
    assertThat(change.elements())
        .containsExactly(new Element("name[0].family", null, "Kettle", "PID-5.1"));
  }

  @Test
  void choicesGoByTheirBareNameAndMetaIsNoContent() {
    Observation before = new Observation();
    before.setId(new IdType("Observation", "1", "1"));
    before.setValue(new StringType("5.6"));
    Observation after = before.copy();
    after.getMeta().setVersionId("2");
    after.setValue(Origin.mark(new Quantity(5.6), "OBX-5"));

    assertThat(Difference.of("Observation/1", before, after).elements())
        .containsExactlyInAnyOrder(
            new Element("value.value", null, "5.6", "OBX-5"),
            new Element("value", "5.6", null, ""));
  }
}

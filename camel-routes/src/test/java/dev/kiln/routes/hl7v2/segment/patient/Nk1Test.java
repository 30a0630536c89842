package dev.kiln.routes.hl7v2.segment.patient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.segment.SegmentSample;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.ContactComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Nk1Test {

  private final Patient patient = new Patient();

  private SegmentSample complete(String line) {
    SegmentSample sample = SegmentSample.of(line);
    Nk1.complete(patient, sample.segment(), sample.context());
    return sample;
  }

  @Test
  void aContactHasOneNameAndAllTelephones() {
    complete("NK1|1|Eze^Uche~Eze^Ada|MTH|Road 1^^Town|^PRN^PH^^^1^2~^PRN^PH^^^1^3|^WPN^PH^^^1^4");

    ContactComponent contact = patient.getContactFirstRep();
    assertThat(contact.getName().getNameAsSingleString()).isEqualTo("Uche Eze");
    assertThat(contact.getTelecom()).extracting("value").asString().contains("1 2", "1 3", "1 4");
    assertThat(contact.getRelationshipFirstRep().getCodingFirstRep().getCode()).isEqualTo("MTH");
    assertThat(Origin.of(contact)).contains("NK1");
    assertThat(Origin.of(contact.getTelecom().get(1))).contains("NK1-5[2]");
  }

  @Test
  void anOrganisationIsAContactToo() {
    complete("NK1|1||EMR||||||||||Works" + "|".repeat(17) + "Eze^Uche|^WPN^PH^^^1^5");

    ContactComponent contact = patient.getContactFirstRep();
    assertThat(contact.getOrganization().getDisplay()).isEqualTo("Works");
    assertThat(contact.getName().getFamily()).isEqualTo("Eze");
    assertThat(contact.getTelecomFirstRep().getValue()).isEqualTo("1 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NK1|1||SPO", "NK1|1|^^^|SPO||||N|20260101|||||||F"})
  void nobodyIsNoContact(String line) {
    SegmentSample sample = complete(line);

    assertThat(patient.hasContact()).isFalse();
    assertThat(sample.context().warnings())
        .containsExactly("NK1: nobody to turn to, it has neither name nor address nor telephone");
  }
}

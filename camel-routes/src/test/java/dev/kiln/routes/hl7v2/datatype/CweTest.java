package dev.kiln.routes.hl7v2.datatype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.Sample;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CweTest {

  private final MessageContext context = Sample.context();

  private CodeableConcept concept(String text) {
    return Cwe.concept(Sample.field(text), context).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "2951-2,LN,http://loinc.org",
    "1,SCT,http://snomed.info/sct",
    "J18.9,I10C,http://hl7.org/fhir/sid/icd-10-cm",
    "M,HL70002,http://terminology.hl7.org/CodeSystem/v2-0002",
    "OURS,HL70002,urn:kiln:code-system:HL70002",
    "mg/dL,UCUM,http://unitsofmeasure.org",
    "mIU/L,UCUM,urn:kiln:code-system:UCUM",
    "121071,DCM,http://dicom.nema.org/resources/ontology/DCM",
    "CT,DCM,http://dicom.nema.org/resources/ontology/DCM",
    "IMP,DCM,urn:kiln:code-system:DCM",
    "UNK,NULLFL,http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
    "1,L,urn:kiln:code-system:HOSPITAL:L",
    "1,99LAB,urn:kiln:code-system:HOSPITAL:99LAB",
    "1,House codes,urn:kiln:code-system:House%20codes",
    "1,2.999.4,urn:oid:2.999.4",
    "1,urn:oid:2.999.4,urn:oid:2.999.4"
  })
  void codingSystemsAreUris(String code, String name, String system) {
    assertThat(concept(code + "^x^" + name).getCodingFirstRep().getSystem()).isEqualTo(system);
  }

  @Test
  void alternatesAreCodingsOfTheSameConcept() {
    CodeableConcept concept = concept("1^One^LN^2^Two^L^^^Original \\T\\ text^3^Three^SCT");

    assertThat(concept.getCoding()).extracting("code").asString().contains("1", "2", "3");
    assertThat(concept.getText()).isEqualTo("Original & text");
  }

  @Test
  void aTextWithoutCodeIsText() {
    assertThat(concept("^Only text").getText()).isEqualTo("Only text");
    assertThat(concept("^Only text").hasCoding()).isFalse();
    assertThat(Cwe.concept(Sample.field("^^LN"), context)).isEmpty();
  }

  @Test
  void codesHaveSingleBlanksOnly() {
    assertThat(concept(" A \n  B ^x^L").getCodingFirstRep().getCode()).isEqualTo("A B");
  }
}

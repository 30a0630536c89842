package dev.kiln.routes.hl7v2.datatype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.Sample;
import org.hl7.fhir.r4.model.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CxTest {

  private final MessageContext context = Sample.context();

  private Identifier identifier(String text) {
    return Cx.identifier(Sample.field(text), "", context).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "HOSP&2.999.1&ISO,urn:oid:2.999.1",
    "&2.999.1&ISO,urn:oid:2.999.1",
    "HOSP&2.999.1,urn:oid:2.999.1",
    "HOSP&not an oid&ISO,urn:kiln:authority:HOSP",
    "&1.2&ISO,urn:kiln:authority:ISO:1.2",
    "&6D0C1A52-6B1F-4D0C-9B39-5A1C1F0D7E11&UUID,urn:uuid:6d0c1a52-6b1f-4d0c-9b39-5a1c1f0d7e11",
    "&https://example.org/mrn&URI,https://example.org/mrn",
    "&Example.ORG&DNS,urn:dns:example.org",
    "North field,urn:kiln:authority:North%20field",
    "&05D2222542&CLIA,urn:kiln:authority:CLIA:05D2222542"
  })
  void authoritiesAreStableUris(String authority, String system) {
    assertThat(identifier("1^^^" + authority + "^MR").getSystem()).isEqualTo(system);
    assertThat(context.warnings()).isEmpty();
  }

  @Test
  void anUnknownAuthorityIsTheSendersAndAWarning() {
    assertThat(identifier("1").getSystem()).isEqualTo("urn:kiln:authority:unknown:ADT%7CHOSPITAL");
    assertThat(context.warnings()).containsExactly("ZZZ-1: no assigning authority");
  }

  @Test
  void typesOfTable0203AreCodesAndOthersText() {
    assertThat(identifier("1^^^A^MR").getType().getCodingFirstRep().getCode()).isEqualTo("MR");
    assertThat(identifier("1^^^A^FIN NB").getType().getText()).isEqualTo("FIN NB");
    assertThat(identifier("1^^^A^SS").getUse()).isEqualTo(Identifier.IdentifierUse.OFFICIAL);
    assertThat(identifier("1^^^A").hasType()).isFalse();
  }

  @Test
  void withoutValueThereIsNone() {
    assertThat(Cx.identifier(Sample.field("^^^A^MR"), "", context)).isEmpty();
    assertThat(Cx.identifier(Sample.field("\"\"^^^A^MR"), "", context)).isEmpty();
  }
}

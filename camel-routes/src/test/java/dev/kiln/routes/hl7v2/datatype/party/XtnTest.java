package dev.kiln.routes.hl7v2.datatype.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.Sample;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XtnTest {

  @ParameterizedTest
  @CsvSource({
    "(020) 555,phone,(020) 555,home",
    "^PRN^PH^^46^40^555014^12,phone,+46 40 555014 ext. 12,home",
    "^WPN^FX^^^40^555014,fax,40 555014,work",
    "^PRN^CP^^^^^^^^^+46 70,phone,+46 70,mobile",
    "^NET^Internet^a@example.org,email,a@example.org,",
    "a@example.org,email,a@example.org,home",
    "^^^https://example.org,url,https://example.org,home",
    "x^BPN,pager,x,",
    "x^HOME,phone,x,"
  })
  void numbersAndAddresses(String sent, String system, String value, String use) {
    ContactPoint point =
        Xtn.contactPoint(Sample.field(sent), ContactPointUse.HOME, Sample.context()).orElseThrow();

    assertThat(point.getSystem().toCode()).isEqualTo(system);
    assertThat(point.getValue()).isEqualTo(value);
    assertThat(point.hasUse() ? point.getUse().toCode() : null).isEqualTo(use);
  }

  @Test
  void thePartsOfANumberAreKeptBesideIt() {
    ContactPoint point =
        Xtn.contactPoint(Sample.field("^WPN^PH^^46^40^555014^12"), null, Sample.context())
            .orElseThrow();

    assertThat(point.getExtension())
        .extracting(part -> part.getUrl().replaceAll(".*-", "") + " " + part.getValue())
        .containsExactly("country 46", "area 40", "local 555014", "extension 12");
  }

  @Test
  void withoutNumberThereIsNone() {
    assertThat(Xtn.contactPoint(Sample.field("^PRN^PH"), null, Sample.context())).isEmpty();
  }
}

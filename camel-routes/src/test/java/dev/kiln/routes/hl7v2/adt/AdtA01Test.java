package dev.kiln.routes.hl7v2.adt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.hl7v2.er7.Message;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How patients and visits are recognised; what else becomes of a message is in the examples. */
class AdtA01Test {

  private static final String MSH = "MSH|^~\\&|ADT|HOSP|||20260301||ADT^A01|MSG1|P|2.5";

  private MessageContext context;

  private Bundle translate(String... segments) {
    String[] all = new String[segments.length + 1];
    all[0] = MSH;
    System.arraycopy(segments, 0, all, 1, segments.length);
    Message message = Sample.message(all);
    context = Sample.context(message);
    return new AdtA01().translate(message, context);
  }

  @ParameterizedTest
  @CsvSource({
    "PID|||1^^^A~2^^^B,urn:kiln:authority:A,1",
    "PID|||1^^^A~2^^^B^MR,urn:kiln:authority:B,2",
    "PID|||~\"\"~2^^^B,urn:kiln:authority:B,2",
    "PID||9^^^X^MR|1^^^A,urn:kiln:authority:A,1",
    "PID||9^^^X|,urn:kiln:authority:X,9",
    "PID||||8^^^Y,urn:kiln:authority:Y,8"
  })
  void aPatientIsKnownByTheFirstMedicalRecordNumber(String pid, String system, String value) {
    assertThat(translate(pid).getEntryFirstRep().getRequest().getUrl())
        .isEqualTo("Patient/" + LogicalKey.id("Patient", system, value));
    assertThat(context.warnings()).isEmpty();
  }

  @Test
  void withoutNumberThePatientIsKnownByTheMessage() {
    assertThat(translate("PID|||||Doe").getEntryFirstRep().getRequest().getUrl())
        .isEqualTo("Patient/" + LogicalKey.id("Patient", "message", "ADT|HOSP", "MSG1"));
    assertThat(context.warnings())
        .isEqualTo(List.of("PID-3: empty, the patient is known by this message alone"));
  }

  @ParameterizedTest
  @CsvSource({
    "V1^^^A,C1^^^A,20260301,Encounter|visit|urn:kiln:authority:A|V1|P",
    "'',C1^^^A,20260301,Encounter|account|urn:kiln:authority:A|C1|P",
    "'','',20260301,Encounter|patient|P|20260301",
    "'','','',Encounter|patient|P|20260228"
  })
  void aVisitIsKnownByItsNumber(String visit, String account, String admitted, String key) {
    Bundle bundle =
        translate(
            "EVN||20260228",
            "PID|||1^^^A" + "|".repeat(15) + account,
            "PV1||I" + "|".repeat(17) + visit + "|".repeat(25) + admitted);
    String patient = bundle.getEntryFirstRep().getRequest().getUrl();
    Encounter encounter = (Encounter) bundle.getEntry().get(1).getResource();

    assertThat(encounter.getIdElement().getIdPart())
        .isEqualTo(
            LogicalKey.id(
                Stream.of(key.split("\\|"))
                    .map(part -> part.equals("P") ? patient : part)
                    .toArray(String[]::new)));
    assertThat(encounter.getSubject().getReference()).isEqualTo(patient);
  }

  @Test
  void anEmptyPv1IsNoVisit() {
    assertThat(translate("PID|||1^^^A", "PV1|1||^^").getEntry()).hasSize(1);
  }
}

package dev.kiln.routes.hl7v2.segment.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.segment.SegmentSample;
import java.util.Optional;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IN1 and GT1: who pays. */
class In1Test {

  private static Optional<Coverage> coverage(SegmentSample sample) {
    return In1.coverage(sample.segment(), SegmentSample.PATIENT, sample.context());
  }

  private static Coverage coverage(String line) {
    return coverage(SegmentSample.of(line)).orElseThrow();
  }

  @Test
  void aPolicyIsTheSameFactHoweverOftenItIsTold() {
    String policy = "|".repeat(32) + "POL1";

    assertThat(coverage("IN1|1|A|7^^^P|Fenland" + policy).getId())
        .isEqualTo(coverage("IN1|2|A|7^^^P|FENLAND" + policy).getId())
        .isNotEqualTo(coverage("IN1|1|A|8^^^P|Fenland" + policy).getId())
        .isNotEqualTo(coverage("IN1|1|A|7^^^P|Fenland").getId());
  }

  @Test
  void withoutCompanyThereIsNone() {
    SegmentSample sample = SegmentSample.of("IN1|1|PPO|^^^P|\"\"");

    assertThat(coverage(sample)).isEmpty();
    assertThat(sample.context().warnings())
        .containsExactly("IN1: names no insurance company, the coverage is not kept");
  }

  @ParameterizedTest
  @CsvSource({
    "SEL,self,false",
    "SPO,spouse,true",
    "MTH,child,true",
    "CHD,parent,true",
    "ZZZ,ZZZ,true"
  })
  void theRelationshipIsThatOfThePatientToTheInsured(String sent, String code, boolean other) {
    SegmentSample sample =
        SegmentSample.of("IN1|1|PPO|7^^^P" + "|".repeat(13) + "Eze^Uche|" + sent);

    assertThat(coverage(sample).orElseThrow().getRelationship().getCodingFirstRep().getCode())
        .isEqualTo(code);
    assertThat(In1.insured(sample.segment(), SegmentSample.PATIENT, sample.context()).isPresent())
        .isEqualTo(other);
    assertThat(In1.isOfPatient(sample.segment())).isEqualTo(!other);
  }

  @ParameterizedTest
  @CsvSource({
    "GT1|1||Eze^Uche,true,1",
    "GT1|1|5^^^A|||||||||SPO,true,1",
    "GT1|1||Eze^Uche||||||||SEL,false,1",
    "GT1|1|||||||||||||||||||Works,false,0",
    "GT1|1||||||||||||||||||||Works,false,1",
    "GT1|1|||Street,false,0"
  })
  void aGuarantorIsAPersonThePatientOrAnOrganisation(String line, boolean person, int guarantors) {
    SegmentSample sample = SegmentSample.of(line);
    var found = Gt1.person(sample.segment(), SegmentSample.PATIENT, sample.context());
    Account account = new Account();
    Gt1.guarantee(
        account,
        sample.segment(),
        found.map(relative -> new Reference("RelatedPerson/r")),
        SegmentSample.PATIENT,
        sample.context());

    assertThat(found.isPresent()).isEqualTo(person);
    assertThat(account.getGuarantor()).hasSize(guarantors);
    assertThat(sample.context().warnings().isEmpty()).isEqualTo(guarantors == 1);
  }

  @Test
  void whoAnswersForAnAccountMayDoSoForATime() {
    SegmentSample sample = SegmentSample.of("GT1|1||||||||||SEL||20260101|20261231");
    Account account = new Account();
    Gt1.guarantee(
        account, sample.segment(), Optional.empty(), SegmentSample.PATIENT, sample.context());

    var period = account.getGuarantorFirstRep().getPeriod();
    assertThat(period.getStartElement().getValueAsString()).isEqualTo("2026-01-01");
    assertThat(period.getEndElement().getValueAsString()).isEqualTo("2026-12-31");
  }
}

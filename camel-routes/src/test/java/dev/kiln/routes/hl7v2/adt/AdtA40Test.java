package dev.kiln.routes.hl7v2.adt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.Statement;
import dev.kiln.routes.Statement.Merger;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.inbox.Translation;
import java.util.List;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is merged into whom. */
class AdtA40Test {

  private static final String MSH = "MSH|^~\\&|ADT|HOSP|||20260301||ADT^A40|MSG1|P|2.5";

  private static Translation translate(String... segments) {
    String[] all = new String[segments.length + 1];
    all[0] = MSH;
    System.arraycopy(segments, 0, all, 1, segments.length);
    return Sample.translate(all);
  }

  private static String patient(String authority, String number) {
    return "Patient/" + LogicalKey.id("Patient", "urn:kiln:authority:" + authority, number);
  }

  @ParameterizedTest
  @CsvSource({
    "PID|||1^^^A,MRG|2^^^A,A,1,A,2",
    "PID|||1^^^A~5^^^B^MR,MRG|2^^^A~6^^^B^MR,B,5,B,6",
    "PID|||1^^^A,MRG|1^^^A~2^^^A,A,1,A,2",
    "PID||3^^^A,MRG||||4^^^A,A,3,A,4"
  })
  void thePatientOfMrgGoesIntoThatOfPid(
      String pid, String mrg, String stays, String staying, String goes, String going) {
    Statement statement = translate(pid, mrg).statement();

    assertThat(statement.mergers())
        .containsExactly(new Merger(patient(goes, going), patient(stays, staying)));
    assertThat(statement.bundle().getEntry())
        .filteredOn(entry -> Origin.isMentioned(entry.getResource()))
        .extracting(entry -> entry.getRequest().getUrl())
        .containsExactly(patient(goes, going));
  }

  @Test
  void eachGroupIsAMergeOfItsOwn() {
    Translation translation =
        translate(
            "PID|||1^^^A||Doe^Jo",
            "MRG|2^^^A||||||Doe^Joanna",
            "PV1||I",
            "PID|||3^^^A",
            "MRG|4^^^A",
            "MRG|5^^^A");

    assertThat(translation.statement().mergers())
        .containsExactly(
            new Merger(patient("A", "2"), patient("A", "1")),
            new Merger(patient("A", "4"), patient("A", "3")),
            new Merger(patient("A", "5"), patient("A", "3")));
    Patient merged = (Patient) translation.statement().bundle().getEntry().get(2).getResource();
    assertThat(merged.getNameFirstRep().getFamily()).isEqualTo("Doe");
    assertThat(Origin.of(merged.getNameFirstRep())).contains("MRG-7");
  }

  @ParameterizedTest
  @CsvSource({
    "PID|||1^^^A,MRG|1^^^A,'MRG-1: names the patient of PID-3 itself, nothing is merged'",
    "PID|||1^^^A,MRG|||ACC^^^A,'MRG-1: empty, there is nobody to merge'",
    "PID|||1^^^A,MRG|7^^^A^AN,'MRG-1: empty, there is nobody to merge'",
    "PID|||||Doe,MRG|1^^^A,'PID-3: empty, nothing is merged into this patient'",
    "PID|||1^^^A,ZZZ|1,'PID-3: no MRG says who is merged into this patient'"
  })
  void whatNamesNobodyMergesNobody(String pid, String mrg, String warning) {
    Translation translation = translate(pid, mrg);

    assertThat(translation.statement().mergers()).isEmpty();
    assertThat(translation.statement().bundle().getEntry()).hasSize(1);
    assertThat(translation.warnings()).contains(warning);
  }

  @Test
  void aMergeHoldsTheLanesOfBoth() {
    assertThat(Sample.judge(MSH, "PID|||1^^^A~9^^^A^AN|7^^^C", "MRG|2^^^A~3^^^B").lanes())
        .isEqualTo(
            List.of(
                "urn:kiln:authority:A|1",
                "urn:kiln:authority:C|7",
                "urn:kiln:authority:A|2",
                "urn:kiln:authority:B|3"));
    assertThat(Sample.judge(MSH, "PID|||1^^^A", "MRG|2^^^A").merges()).isTrue();
  }
}

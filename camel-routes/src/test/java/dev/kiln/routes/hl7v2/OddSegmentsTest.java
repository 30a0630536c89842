package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.inbox.Translation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a field, what comes out is FHIR, and no value gets into a warning. */
class OddSegmentsTest {

  private static final String CANARY = "Quetzalcoatl";

  private static final List<String> ODD =
      List.of(
          "\"\"",
          "^^^",
          CANARY,
          CANARY + "^" + CANARY + "^" + CANARY,
          CANARY + "&" + CANARY + "^~" + CANARY,
          "\"\"^" + CANARY,
          "^" + CANARY,
          CANARY.repeat(200),
          "Y",
          "D",
          "1",
          "-1",
          "0.5",
          "20260301",
          "202603011015+0100",
          "20269999",
          "99999999999999999999",
          "1^^^A&2.999.1&ISO^MR",
          "7^Eze^Uche^^^Dr.^^^A",
          "WEST^204^B^HOSP",
          "SEL",
          "I10^Hypertension^I10C^" + CANARY + "^x^L",
          "\\T\\\\.br\\\\X0\\",
          " ",
          "a\nb");

  private static String segment(String name, int fields, Random random) {
    StringBuilder segment = new StringBuilder(name);
    for (int field = 1; field <= fields; field++) {
      segment.append('|');
      if (random.nextInt(3) > 0) {
        segment.append(ODD.get(random.nextInt(ODD.size())));
      }
    }
    return segment.toString();
  }

  private static String message(String type, List<String> names, Random random) {
    List<String> segments = new ArrayList<>();
    segments.add("MSH|^~\\&|A|B|||20260301||" + type + "|1|P|2.5");
    segments.add("PID|||" + random.nextInt(1_000_000) + "^^^A^MR" + segment("", 40, random));
    names.forEach(name -> segments.add(segment(name, 50, random)));
    return String.join("\r", segments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ADT^A01 PD1 NK1 PV1 PV2 ROL OBX AL1 IAM DG1 PR1 GT1 IN1 IN2",
        "ORU^R01 PD1 NK1 NTE PV1 PV2 ORC OBR NTE OBX NTE OBX SPM NTE ORC OBX OBR SPM"
      })
  void comesOutAsFhir(String structure) {
    Random random = new Random(11);
    List<String> names = List.of(structure.split(" "));
    Bundle all = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    for (int run = 0; run < 25; run++) {
      String message = message(names.get(0), names.subList(1, names.size()), random);
      Translation translation = Sample.format().translate(message.getBytes(StandardCharsets.UTF_8));
      String base = "https://" + run + ".example.org/fhir/";
      translation.statement().bundle().getEntry().stream()
          .map(entry -> entry.setFullUrl(base + entry.getRequest().getUrl()))
          .forEach(all::addEntry);
      assertThat(translation.warnings()).noneMatch(warning -> warning.contains(CANARY));
    }

    assertThat(all.getEntry()).hasSizeGreaterThan(100);
    assertThat(new BaseR4().errors(all)).isEmpty();
  }
}

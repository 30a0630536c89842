package dev.kiln.routes.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.LogicalKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** Messages about one patient are kept in order by the patient's numbers. */
class LanesTest {

  private static final List<String> NUMBERS =
      List.of(
          "",
          "\"\"",
          "1",
          " 1 ",
          "2^^^A",
          "2^^^A^MR",
          "3^^^B&1.2.3.4&ISO",
          "4^^^&x.y&DNS^PI",
          "5^^^A^AN",
          "A\\T\\B^^^\u00dc \\F\\",
          "6^1^M10^C",
          "7^^^&http://a.example/x&URI");

  private final Random random = new Random(11);

  private String numbers() {
    return random
        .ints(random.nextInt(4), 0, NUMBERS.size())
        .mapToObj(NUMBERS::get)
        .collect(Collectors.joining("~"));
  }

  @Test
  void everyPatientThatIsWrittenHasALane() {
    int found = 0;
    for (int run = 0; run < 2000; run++) {
      String pid = "\rPID||" + numbers() + "|" + numbers() + "|" + numbers();
      String mrg = "\rMRG|" + numbers() + "|" + numbers() + "||" + numbers();
      String message =
          "MSH|^~\\&|ADT|HOSP|||20260301||ADT^A40|1|P|2.5" + pid + mrg + pid + "\rMRG|" + numbers();
      found += check(message.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(found).isGreaterThan(2000);
  }

  /** How many patients the message writes that have a number. */
  static int check(byte[] raw) {
    List<String> lanes = Sample.format().judge(raw).lanes();
    Set<String> ids =
        lanes.stream()
            .map(lane -> lane.split("\\|", 2))
            .map(key -> LogicalKey.id("Patient", key[0], key[1]))
            .collect(Collectors.toSet());
    List<Patient> patients =
        Sample.format().translate(raw).statement().bundle().getEntry().stream()
            .map(BundleEntryComponent::getResource)
            .filter(Patient.class::isInstance)
            .map(Patient.class::cast)
            .toList();
    List<Patient> numbered =
        patients.stream()
            .filter(
                patient ->
                    patient.getIdentifier().stream()
                        .anyMatch(
                            number ->
                                patient
                                    .getIdElement()
                                    .getIdPart()
                                    .equals(
                                        LogicalKey.id(
                                            "Patient", number.getSystem(), number.getValue()))))
            .toList();
    assertThat(numbered)
        .as(new String(raw, StandardCharsets.UTF_8))
        .allMatch(patient -> ids.contains(patient.getIdElement().getIdPart()));
    return numbered.size();
  }
}

package dev.kiln.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Messages;
import dev.kiln.RunningHub;

/** Patients whose names need their character set, on their way into the store. */
final class Named {

  private Named() {}

  /**
   * @param number MSH-10 and PID-3.1
   * @param charset MSH-18
   */
  static String admission(String family, String number, String charset) {
    return Messages.admission(number, number)
        .replace("Kettle", family)
        .replace("|2.5.1", "|2.5.1||||||" + charset);
  }

  static void await(String number, String family) throws InterruptedException {
    String found = "";
    for (int i = 0; i < 300 && !found.contains(family); i++) {
      found = RunningHub.get().http().get("/fhir/Patient?identifier=" + number).text();
      Thread.sleep(100);
    }
    assertThat(found).contains(family);
  }
}

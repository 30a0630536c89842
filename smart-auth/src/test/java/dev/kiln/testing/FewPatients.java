package dev.kiln.testing;

import dev.kiln.auth.Account;
import dev.kiln.auth.PatientDirectory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Four made-up people. Clinicians find all, patients themselves, and Nora her child too. */
public final class FewPatients implements PatientDirectory {

  private volatile boolean norasChildIsGrownUp;

  /** From then on, until it is said otherwise, Nora acts for herself alone. */
  public void norasChildIsGrownUp(boolean isSo) {
    norasChildIsGrownUp = isSo;
  }

  private static final List<Entry> ALL =
      List.of(
          new Entry("alba", "Marisol Ibarra Quintana", "1984-05-17", "female", "MRN 40012"),
          new Entry("child", "Teodoro Ibarra", "2019-11-02", "male", "MRN 40013"),
          new Entry("nora", "Nora Ibarra", "1990-08-21", "female", "MRN 40014"),
          new Entry("wanda", "Wanda Okafor", "1951-01-30", "female", ""));

  @Override
  public List<Entry> find(Account on, String text, int most) {
    return ALL.stream()
        .filter(entry -> mayChoose(on, entry))
        .filter(
            entry -> entry.name().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
        .limit(most)
        .toList();
  }

  @Override
  public Optional<Entry> entry(Account on, String id) {
    return ALL.stream().filter(entry -> entry.id().equals(id) && mayChoose(on, entry)).findFirst();
  }

  private boolean mayChoose(Account on, Entry entry) {
    return on.fhirUser() != null
        && (on.fhirUser().startsWith("Practitioner/")
            || on.fhirUser().equals("Patient/" + entry.id())
            || on.fhirUser().equals("Patient/nora")
                && entry.id().equals("child")
                && !norasChildIsGrownUp);
  }
}

package dev.kiln.pages;

import dev.kiln.auth.Account;
import dev.kiln.auth.PatientDirectory;
import java.util.List;
import java.util.Optional;

/** Three made-up people. A patient may choose only themselves. */
final class FewPatients implements PatientDirectory {

  private static final List<Entry> ALL =
      List.of(
          new Entry("p1", "Marisol Ibarra Quintana", "1984-05-17", "female", "MRN 40012"),
          new Entry("p2", "Teodoro Ibarra", "2019-11-02", "male", "MRN 40013"),
          new Entry("p3", "Wanda Okafor", "1951-01-30", "female", ""));

  @Override
  public List<Entry> find(Account on, String text, int most) {
    return ALL.stream()
        .filter(entry -> mayChoose(on, entry))
        .filter(entry -> entry.name().toLowerCase().contains(text.toLowerCase()))
        .limit(most)
        .toList();
  }

  @Override
  public Optional<Entry> entry(Account on, String id) {
    return ALL.stream().filter(entry -> entry.id().equals(id) && mayChoose(on, entry)).findFirst();
  }

  private static boolean mayChoose(Account on, Entry entry) {
    return on.fhirUser().startsWith("Practitioner/")
        || on.fhirUser().equals("Patient/" + entry.id());
  }
}

package dev.kiln.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.validation.FhirValidator;
import dev.kiln.fhir.validation.ValidationConfiguration;
import dev.kiln.fhir.validation.WriteValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/**
 * Judges transactions by the rules by which the server judges what is written, without a server and
 * without the network.
 */
public final class OfflineValidation {

  private static final FhirContext R4 = FhirContext.forR4Cached();

  /** An entry's number, then the element in it, which HAPI writes behind the resource's id. */
  private static final Pattern PLACE =
      Pattern.compile("Bundle\\.entry\\[(\\d+)]\\.resource(?:/\\*[^*]*\\*/)?(.*)");

  private final FhirValidator validator = ValidationConfiguration.offline(R4);

  /**
   * @param bundle which of the transactions, counted from 0
   * @param element for example {@code Patient.birthDate}; never a value
   */
  public record Fault(int bundle, String element) {}

  /** Judges many at once, since the validator's start costs more than its work on one. */
  public List<Fault> faults(List<Bundle> bundles) {
    Bundle all = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    List<Integer> owners = new ArrayList<>();
    for (int at = 0; at < bundles.size(); at++) {
      for (BundleEntryComponent entry : bundles.get(at).getEntry()) {
        BundleEntryComponent copy = entry.copy();
        // The same patient may come in several, and the validator follows the references.
        copy.setFullUrl("https://" + at + ".example.org/fhir/" + entry.getRequest().getUrl());
        all.addEntry(copy);
        owners.add(at);
      }
    }
    // As text, so that what a client reads is what is judged.
    String text = R4.newJsonParser().encodeResourceToString(all);
    OperationOutcome outcome =
        (OperationOutcome) validator.validateWithResult(text).toOperationOutcome();
    return outcome.getIssue().stream()
        .filter(WriteValidation::isFault)
        .map(issue -> fault(issue, all, owners))
        .toList();
  }

  private static Fault fault(
      OperationOutcomeIssueComponent issue, Bundle all, List<Integer> owners) {
    String location = issue.getLocation().isEmpty() ? "" : issue.getLocation().get(0).getValue();
    Matcher place = PLACE.matcher(location);
    if (!place.matches()) {
      return new Fault(0, "Bundle");
    }
    int entry = Integer.parseInt(place.group(1));
    String type = all.getEntry().get(entry).getResource().fhirType();
    return new Fault(owners.get(entry), type + place.group(2));
  }
}

package dev.kiln.routes.sink;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.Statement;
import dev.kiln.routes.Store;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;

/**
 * Applies a translated message to the store in one transaction, together with the Provenance that
 * leads back to it. Applying the same message again changes nothing: every id is made from what the
 * message says.
 */
public final class Sink {

  private final Store store;

  Sink(Store store) {
    this.store = store;
  }

  /**
   * @param sender as the message names it, kept in the Provenance
   * @param receivedAt when the message was committed; the Provenance's own time, so that repeating
   *     it changes nothing
   * @param statement its bundle is changed on the way
   * @throws RuntimeException as {@link Store#apply} does
   */
  public Bundle apply(MessageId message, String sender, Instant receivedAt, Statement statement) {
    Bundle translated = statement.bundle();
    Known known = new Known(store.asSystem("sink"));
    Map<String, BundleEntryComponent> met = new HashMap<>();
    for (BundleEntryComponent entry : List.copyOf(translated.getEntry())) {
      // Results are facts of one message. People and visits are told about again and again, by
      // many.
      if (entry.getResource() instanceof Patient || entry.getResource() instanceof Encounter) {
        known.find(entry.getResource()).ifPresent(stored -> Merge.into(stored, entry, translated));
        BundleEntryComponent earlier = met.putIfAbsent(entry.getRequest().getUrl(), entry);
        if (earlier != null) {
          // Two of the message's patients are one in the store; a transaction may write it only
          // once.
          Merge.join(earlier, entry);
          translated.getEntry().remove(entry);
        }
      }
    }
    BundleEntryComponent provenance = translated.addEntry();
    provenance.setResource(MessageProvenance.of(message, sender, receivedAt, translated));
    provenance
        .getRequest()
        .setMethod(Bundle.HTTPVerb.PUT)
        .setUrl("Provenance/" + provenance.getResource().getIdElement().getIdPart());
    return store.apply(translated, message);
  }
}

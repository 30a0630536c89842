package dev.kiln.routes;

import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;

/**
 * What one message says, in FHIR.
 *
 * @param bundle a transaction of PUT entries; each resource's id is made from its logical key, so
 *     that the same fact has the same id however often it is told, and its elements are marked by
 *     {@link Origin}
 * @param source on whose behalf the message speaks, for example the sending facility: what one
 *     source said, another one does not overwrite
 * @param earliest the earliest moment at which it can have been said (a time given by the day alone
 *     leaves the whole day); null where the message has no time
 * @param latest the latest such moment; null where the message has no time
 * @param mergers patients that the message says are one
 */
public record Statement(
    Bundle bundle, String source, Instant earliest, Instant latest, List<Merger> mergers) {

  /**
   * @param merged reference of the patient that goes, as the bundle writes it: {@code Patient/id}
   * @param survivor reference of the one that stays
   */
  public record Merger(String merged, String survivor) {}
}

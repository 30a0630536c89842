package dev.kiln.routes.sink.preview;

import dev.kiln.routes.LeafChange;
import dev.kiln.routes.control.MessageReplay.Change;
import dev.kiln.routes.control.MessageReplay.Element;
import org.hl7.fhir.r4.model.Resource;

/** Compares a resource as it is with what it would be. */
public final class Difference {

  private Difference() {}

  /**
   * @param stored null where nothing is
   * @param merged what would be stored
   */
  public static Change of(String reference, Resource stored, Resource merged) {
    return new Change(
        reference,
        stored == null ? "" : stored.getIdElement().getVersionIdPart(),
        LeafChange.between(stored, merged).stream().map(Difference::element).toList());
  }

  private static Element element(LeafChange change) {
    return new Element(
        change.path(),
        change.before() == null ? null : change.before().value(),
        change.after() == null ? null : change.after().value(),
        change.after() == null ? "" : change.after().field());
  }
}

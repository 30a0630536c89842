package dev.kiln.routes.sink.preview;

import dev.kiln.routes.Leaf;
import dev.kiln.routes.control.MessageReplay.Change;
import dev.kiln.routes.control.MessageReplay.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/** Compares a resource as it is with what it would be. */
public final class Difference {

  private Difference() {}

  /**
   * @param stored null where nothing is
   * @param merged what would be stored
   */
  public static Change of(String reference, Resource stored, Resource merged) {
    Map<String, Leaf> before = leaves(stored);
    Map<String, Leaf> after = leaves(merged);
    List<Element> elements = new ArrayList<>();
    after.forEach(
        (path, leaf) -> {
          Leaf was = before.get(path);
          if (was == null || !was.value().equals(leaf.value())) {
            elements.add(
                new Element(path, was == null ? null : was.value(), leaf.value(), leaf.field()));
          }
        });
    before.forEach(
        (path, leaf) -> {
          if (!after.containsKey(path)) {
            elements.add(new Element(path, leaf.value(), null, ""));
          }
        });
    return new Change(
        reference,
        stored == null ? "" : stored.getIdElement().getVersionIdPart(),
        List.copyOf(elements));
  }

  private static Map<String, Leaf> leaves(Resource resource) {
    Map<String, Leaf> leaves = new LinkedHashMap<>();
    if (resource != null) {
      Leaf.of(resource).forEach(leaf -> leaves.put(leaf.path(), leaf));
    }
    return leaves;
  }
}

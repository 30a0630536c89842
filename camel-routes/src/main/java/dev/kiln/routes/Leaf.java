package dev.kiln.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/**
 * One value of a resource.
 *
 * @param path {@code name[0].family}; choices go by their bare name ({@code value}), as in a trace
 * @param value in FHIR's own form
 * @param type of the value, {@code code} for example
 * @param field that it, or the element around it, is marked with ({@link Origin}); empty where
 *     nothing is
 */
public record Leaf(String path, String value, String type, String field) {

  /** They say when and how a resource was written, and nothing of what it is about. */
  private static final Set<String> NOT_CONTENT = Set.of("id", "meta", "implicitRules", "text");

  /** All values of a resource, in its order. */
  public static List<Leaf> of(Resource resource) {
    List<Leaf> leaves = new ArrayList<>();
    for (Property property : resource.children()) {
      if (!NOT_CONTENT.contains(property.getName())) {
        walk(property, "", "", leaves);
      }
    }
    return leaves;
  }

  private static void walk(Property property, String parent, String field, List<Leaf> leaves) {
    List<Base> values = property.getValues();
    for (int i = 0; i < values.size(); i++) {
      Base value = values.get(i);
      String path =
          (parent.isEmpty() ? "" : parent + ".")
              + property.getName().replace("[x]", "")
              + (property.getMaxCardinality() == 1 ? "" : "[" + i + "]");
      String from = Origin.of(value).orElse(field);
      if (value.isPrimitive() && value.primitiveValue() != null) {
        leaves.add(new Leaf(path, value.primitiveValue(), value.fhirType(), from));
      }
      for (Property child : value.children()) {
        walk(child, path, from, leaves);
      }
    }
  }
}

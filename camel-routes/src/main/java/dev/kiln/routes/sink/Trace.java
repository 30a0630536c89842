package dev.kiln.routes.sink;

import dev.kiln.routes.Origin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** Finds which element of a resource came from which field of the message. */
final class Trace {

  private Trace() {}

  /**
   * Elements and their fields: {@code name[0].family} → {@code PID-5.1}. Choices go by their bare
   * name ({@code value}).
   */
  static Map<String, String> of(Resource resource) {
    Map<String, String> found = new TreeMap<>();
    walk(resource, "", found);
    return found;
  }

  private static void walk(Base parent, String path, Map<String, String> found) {
    for (Property property : parent.children()) {
      List<Base> values = property.getValues();
      String name = property.getName().replace("[x]", "");
      for (int i = 0; i < values.size(); i++) {
        Base value = values.get(i);
        String at = (path.isEmpty() ? "" : path + ".") + name;
        if (property.getMaxCardinality() != 1) {
          at = at + "[" + i + "]";
        }
        String element = at;
        Origin.of(value).ifPresent(field -> found.put(element, field));
        walk(value, at, found);
      }
    }
  }

  /** The first mark in a value or its parts, or null where it has none. */
  static String firstMark(Base value) {
    if (Origin.of(value).isPresent()) {
      return Origin.of(value).get();
    }
    for (Property property : value.children()) {
      for (Base part : property.getValues()) {
        String mark = firstMark(part);
        if (mark != null) {
          return mark;
        }
      }
    }
    return null;
  }

  /** Segment and field alone: {@code OBX[2]-5[3].1} → {@code OBX-5}. */
  static String field(String mark) {
    return mark.replaceAll("\\[[0-9]+]|\\..*$", "");
  }
}

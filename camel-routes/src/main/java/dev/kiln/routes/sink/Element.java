package dev.kiln.routes.sink;

import dev.kiln.routes.Origin;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** One element of a resource, or of a part of it that occurs once. */
final class Element {

  private final Base parent;
  private final String name;
  private final String path;

  /**
   * @param name as HAPI has it, with {@code [x]} where it is a choice
   * @param parentPath empty for the resource itself
   */
  Element(Base parent, String name, String parentPath) {
    this.parent = parent;
    this.name = name;
    String bare = name.replace("[x]", "");
    this.path = parentPath.isEmpty() ? bare : parentPath + "." + bare;
  }

  /**
   * The element of that path; null where the part that would hold it is not there.
   *
   * @param path without {@code [x]}, for example {@code period.end}
   */
  static Element at(Resource resource, String path) {
    Base parent = resource;
    String parentPath = "";
    String rest = path;
    for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
      Element part = new Element(parent, rest.substring(0, dot), parentPath);
      parent = part.first();
      parentPath = part.path();
      rest = rest.substring(dot + 1);
      if (parent == null) {
        return null;
      }
    }
    Property property = parent.getNamedProperty(rest);
    return property == null ? null : new Element(parent, property.getName(), parentPath);
  }

  /** Without {@code [x]} and without indices, for example {@code hospitalization.admitSource}. */
  String path() {
    return path;
  }

  boolean repeats() {
    return property().getMaxCardinality() != 1;
  }

  List<Base> values() {
    return List.copyOf(property().getValues());
  }

  /** Null where it has no value. */
  Base first() {
    List<Base> values = property().getValues();
    return values.isEmpty() ? null : values.get(0);
  }

  Base make() {
    return parent.addChild(name);
  }

  void clear() {
    for (Base value : values()) {
      parent.removeChild(name, value);
    }
  }

  void set(Base value) {
    setAll(List.of(value));
  }

  void setAll(List<Base> values) {
    clear();
    values.forEach(value -> parent.setProperty(name, value));
    // HAPI makes a code's object anew, which then has no mark.
    List<Base> set = property().getValues();
    for (int i = 0; i < values.size(); i++) {
      Base now = set.get(i);
      Origin.of(values.get(i)).ifPresent(mark -> Origin.mark(now, mark));
    }
  }

  private Property property() {
    return parent.getNamedProperty(name.replace("[x]", ""));
  }
}

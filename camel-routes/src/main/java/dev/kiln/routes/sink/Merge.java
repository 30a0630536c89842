package dev.kiln.routes.sink;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.BundleUtil;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Lays what a message says over what is stored. An element that the message does not have stays as
 * it is; one that it has takes the place of the stored one; identifiers are added to those already
 * known. The write carries If-Match, so that it fails, and is tried again, when somebody else wrote
 * in between.
 */
final class Merge {

  private static final FhirContext R4 = FhirContext.forR4Cached();

  private Merge() {}

  /**
   * Replaces the entry's resource by the merged one, and all references to it where its id is
   * another.
   */
  static void into(Resource stored, BundleEntryComponent entry, Bundle bundle) {
    Resource told = entry.getResource();
    Resource merged = laidOver(stored, told);
    String id = stored.getIdElement().getIdPart();
    String before = told.fhirType() + "/" + told.getIdElement().getIdPart();
    String after = told.fhirType() + "/" + id;
    entry.setResource(merged);
    entry
        .getRequest()
        .setUrl(after)
        .setIfMatch("W/\"" + stored.getIdElement().getVersionIdPart() + "\"");
    merged.setId(new IdType(told.fhirType(), id));
    if (!before.equals(after)) {
      redirect(bundle, before, after);
    }
  }

  /** Lays the later of two entries that speak of one resource over the earlier one. */
  static void join(BundleEntryComponent earlier, BundleEntryComponent later) {
    Resource joined = laidOver(earlier.getResource(), later.getResource());
    joined.setIdElement(earlier.getResource().getIdElement());
    earlier.setResource(joined);
  }

  private static Resource laidOver(Resource stored, Resource told) {
    Resource merged = stored.copy();
    for (Property property : told.children()) {
      if (!saysSomething(property)) {
        continue;
      }
      List<Base> values =
          "identifier".equals(property.getName())
              ? union(stored.getNamedProperty("identifier").getValues(), property.getValues())
              : property.getValues();
      replace(merged, property.getName(), values);
    }
    return merged;
  }

  /**
   * FHIR makes a message without a status or class say "unknown", which is no reason to forget what
   * is known.
   */
  private static boolean saysSomething(Property property) {
    if (!property.hasValues() || List.of("id", "meta").contains(property.getName())) {
      return false;
    }
    Base first = property.getValues().get(0);
    boolean unknown =
        "unknown".equals(first.primitiveValue())
            || first instanceof Coding coding && "UNK".equals(coding.getCode());
    return !unknown;
  }

  private static void replace(Resource resource, String element, List<Base> values) {
    String name = element.replace("[x]", "");
    for (Base old : resource.getNamedProperty(name).getValues()) {
      resource.removeChild(element, old);
    }
    for (Base value : values) {
      resource.setProperty(element, value.copy());
    }
  }

  private static List<Base> union(List<Base> known, List<Base> told) {
    List<Base> all = new ArrayList<>(told);
    for (Base old : known) {
      if (told.stream().noneMatch(value -> same((Identifier) value, (Identifier) old))) {
        all.add(old);
      }
    }
    return all;
  }

  private static boolean same(Identifier one, Identifier other) {
    return one.hasValue()
        && one.getValue().equals(other.getValue())
        && String.valueOf(one.getSystem()).equals(String.valueOf(other.getSystem()));
  }

  private static void redirect(Bundle bundle, String before, String after) {
    for (var resource : BundleUtil.toListOfResources(R4, bundle)) {
      for (Reference reference :
          R4.newTerser().getAllPopulatedChildElementsOfType(resource, Reference.class)) {
        if (before.equals(reference.getReference())) {
          reference.setReference(after);
        }
      }
    }
  }
}

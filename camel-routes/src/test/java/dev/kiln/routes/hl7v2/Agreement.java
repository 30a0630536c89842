package dev.kiln.routes.hl7v2;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * How far two readings of the same messages say the same, value by value. Where a value stands in a
 * list does not count, nor what a reference names, since logical references and resources of their
 * own are two ways to say it; nor ids, narrative and extensions that are not HL7's.
 */
final class Agreement {

  /** What Kiln has logical references or the Provenance of its own for. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "MessageHeader",
          "Provenance",
          "Organization",
          "Practitioner",
          "PractitionerRole",
          "Location",
          "Device");

  private static final Set<String> SKIPPED =
      Set.of("id", "meta", "text", "contained", "implicitRules", "language", "url");

  private static final int DAY = 10;

  /** How often values at one place agree, differ, or are told by one side alone. */
  static final class Count {
    int agree;
    int differ;
    int onlyTheirs;
    int onlyOurs;

    int disagreements() {
      return differ + onlyTheirs + onlyOurs;
    }

    private Count add(Count other) {
      agree += other.agree;
      differ += other.differ;
      onlyTheirs += other.onlyTheirs;
      onlyOurs += other.onlyOurs;
      return this;
    }

    /** Of what they say, the part that Kiln says too, from 0 to 1. */
    double share() {
      int theirs = agree + differ + onlyTheirs;
      return theirs == 0 ? 1 : (double) agree / theirs;
    }

    @Override
    public String toString() {
      return String.format(
          "%5.1f %% (agree %d, differ %d, only theirs %d, only ours %d)",
          100 * share(), agree, differ, onlyTheirs, onlyOurs);
    }
  }

  private record Pair(Resource theirs, Resource ours, int overlap) {}

  private final Map<String, Count> elements = new TreeMap<>();

  /** Compares the resources of each type, each with the one that has most in common with it. */
  void add(List<Bundle> theirs, List<Bundle> ours) {
    List<Resource> leftOfTheirs = resources(theirs);
    List<Resource> leftOfOurs = resources(ours);
    Map<Resource, Map<String, List<String>>> leaves = new IdentityHashMap<>();
    Stream.concat(leftOfTheirs.stream(), leftOfOurs.stream())
        .forEach(resource -> leaves.put(resource, leaves(resource)));
    List<Pair> pairs = new ArrayList<>();
    for (Resource one : leftOfTheirs) {
      for (Resource other : leftOfOurs) {
        if (one.fhirType().equals(other.fhirType())) {
          pairs.add(new Pair(one, other, overlap(leaves.get(one), leaves.get(other))));
        }
      }
    }
    pairs.sort(Comparator.comparing(Pair::overlap).reversed());
    for (Pair pair : pairs) {
      if (pair.overlap > 0
          && leftOfTheirs.contains(pair.theirs)
          && leftOfOurs.contains(pair.ours)) {
        leftOfTheirs.remove(pair.theirs);
        leftOfOurs.remove(pair.ours);
        count(leaves.get(pair.theirs), leaves.get(pair.ours));
      }
    }
    leftOfTheirs.forEach(resource -> count(leaves.get(resource), Map.of()));
    leftOfOurs.forEach(resource -> count(Map.of(), leaves.get(resource)));
  }

  Count total() {
    return elements.values().stream().reduce(new Count(), Count::add);
  }

  /** By the type of the resource. */
  Map<String, Count> types() {
    Map<String, Count> types = new TreeMap<>();
    elements.forEach(
        (path, count) ->
            types.computeIfAbsent(path.split("\\.", 2)[0], type -> new Count()).add(count));
    return types;
  }

  /** By the path of the element. */
  Map<String, Count> elements() {
    return elements;
  }

  private static List<Resource> resources(List<Bundle> bundles) {
    return new ArrayList<>(
        bundles.stream()
            .flatMap(bundle -> bundle.getEntry().stream())
            .map(BundleEntryComponent::getResource)
            .filter(resource -> resource != null && !NOT_COMPARED.contains(resource.fhirType()))
            .toList());
  }

  private static int overlap(Map<String, List<String>> one, Map<String, List<String>> other) {
    return one.entrySet().stream()
        .mapToInt(entry -> common(entry.getValue(), other.getOrDefault(entry.getKey(), List.of())))
        .sum();
  }

  private static int common(List<String> one, List<String> other) {
    List<String> left = new ArrayList<>(other);
    return (int) one.stream().filter(left::remove).count();
  }

  private void count(Map<String, List<String>> theirs, Map<String, List<String>> ours) {
    Stream.concat(theirs.keySet().stream(), ours.keySet().stream())
        .distinct()
        .forEach(
            path -> {
              List<String> one = theirs.getOrDefault(path, List.of());
              List<String> other = ours.getOrDefault(path, List.of());
              int same = common(one, other);
              int both = Math.min(one.size(), other.size());
              Count count = elements.computeIfAbsent(path, unseen -> new Count());
              count.agree += same;
              count.differ += both - same;
              count.onlyTheirs += one.size() - both;
              count.onlyOurs += other.size() - both;
            });
  }

  private static Map<String, List<String>> leaves(Resource resource) {
    Map<String, List<String>> leaves = new TreeMap<>();
    collect(resource, resource.fhirType(), leaves);
    return leaves;
  }

  private static void collect(Base element, String path, Map<String, List<String>> leaves) {
    if (element.isPrimitive() && element.hasPrimitiveValue()) {
      leaves.computeIfAbsent(path, unseen -> new ArrayList<>()).add(value(element));
    }
    if (element instanceof Reference) {
      leaves.computeIfAbsent(path, unseen -> new ArrayList<>()).add("a reference");
      return;
    }
    for (Property property : element.children()) {
      // The text of a concept is what it says, that of a resource is its narrative.
      boolean said = property.getName().equals("text") && !(element instanceof Resource);
      if (said || !SKIPPED.contains(property.getName())) {
        property.getValues().forEach(value -> collect(property, value, path, leaves));
      }
    }
  }

  private static void collect(
      Property property, Base value, String path, Map<String, List<String>> leaves) {
    if (!(value instanceof Extension extension)) {
      String name = property.getName();
      collect(value, path + "." + name.replace("[x]", "[" + value.fhirType() + "]"), leaves);
    } else if (!extension.getUrl().contains(":") || extension.getUrl().contains("//hl7.org/")) {
      String url = extension.getUrl();
      collect(value, path + ".(" + url.substring(url.lastIndexOf('/') + 1) + ")", leaves);
    }
  }

  /** Another spelling of the same time or number is the same value. */
  private static String value(Base element) {
    String text = element.primitiveValue();
    if (element instanceof BaseDateTimeType time && text.length() > DAY) {
      return String.valueOf(time.getValue().getTime() / 1000);
    }
    if (element instanceof DecimalType) {
      return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }
    return text.strip();
  }
}

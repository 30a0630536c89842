package dev.kiln.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;

/**
 * A value that is not the same in two states of one thing.
 *
 * @param resource which one of a statement's, {@code Patient[1]}, or {@code message} for what the
 *     statement says of itself; empty where only one is compared
 * @param before null where nothing stands there
 * @param after null where nothing does afterwards
 */
public record LeafChange(String resource, Leaf before, Leaf after) {

  public String path() {
    return after == null ? before.path() : after.path();
  }

  /**
   * What is added and replaced in the order of the later state, then what is removed.
   *
   * @param before null where nothing is
   * @param after null where nothing is
   */
  public static List<LeafChange> between(Resource before, Resource after) {
    return between("", leaves(before), leaves(after));
  }

  /**
   * Resources are known by their order among those of their type, since another way of reading a
   * message may change their ids; that it does is a change of its own.
   *
   * @param before null where nothing is said
   * @param after null where nothing is said
   */
  public static List<LeafChange> between(Statement before, Statement after) {
    Map<String, List<Leaf>> was = resources(before);
    Map<String, List<Leaf>> is = resources(after);
    Set<String> names = new LinkedHashSet<>(is.keySet());
    names.addAll(was.keySet());
    List<LeafChange> changes = new ArrayList<>();
    for (String name : names) {
      changes.addAll(
          between(name, was.getOrDefault(name, List.of()), is.getOrDefault(name, List.of())));
    }
    return changes;
  }

  private static Map<String, List<Leaf>> resources(Statement statement) {
    Map<String, List<Leaf>> resources = new LinkedHashMap<>();
    if (statement == null) {
      return resources;
    }
    List<Leaf> own = new ArrayList<>();
    own.add(new Leaf("source", String.valueOf(statement.source()), "string", "MSH-4"));
    if (statement.earliest() != null) {
      own.add(new Leaf("time", statement.earliest().toString(), "instant", "MSH-7"));
    }
    resources.put("message", own);
    Map<String, Integer> counts = new HashMap<>();
    for (BundleEntryComponent entry : statement.bundle().getEntry()) {
      Resource resource = entry.getResource();
      String type = resource.fhirType();
      List<Leaf> leaves = new ArrayList<>();
      if (resource.hasId()) {
        leaves.add(new Leaf("id", resource.getIdElement().getIdPart(), "id", ""));
      }
      leaves.addAll(leaves(resource));
      resources.put(type + "[" + counts.merge(type, 1, Integer::sum) + "]", leaves);
    }
    return resources;
  }

  private static List<LeafChange> between(String resource, List<Leaf> before, List<Leaf> after) {
    Map<String, Leaf> was = byPath(before);
    Map<String, Leaf> is = byPath(after);
    List<LeafChange> changes = new ArrayList<>();
    is.forEach(
        (path, leaf) -> {
          Leaf old = was.get(path);
          if (old == null || !old.value().equals(leaf.value())) {
            changes.add(new LeafChange(resource, old, leaf));
          }
        });
    was.forEach(
        (path, leaf) -> {
          if (!is.containsKey(path)) {
            changes.add(new LeafChange(resource, leaf, null));
          }
        });
    return changes;
  }

  private static List<Leaf> leaves(Resource resource) {
    return resource == null ? List.of() : Leaf.of(resource);
  }

  private static Map<String, Leaf> byPath(List<Leaf> leaves) {
    Map<String, Leaf> byPath = new LinkedHashMap<>();
    leaves.forEach(leaf -> byPath.put(leaf.path(), leaf));
    return byPath;
  }
}

package dev.kiln.bench.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The state of a store in a form that two stores can be compared in: of each resource the last
 * version, its elements in canonical JSON. What must differ between two runs is left out or masked:
 * when and in which request a resource was written, and the random ids of messages.
 */
public final class Snapshot {

  private static final ObjectMapper CANONICAL =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** The Provenance of a merge names those whose references it has changed. */
  private static final Pattern PROVENANCE = Pattern.compile("Provenance/[A-Za-z0-9.-]+");

  /** Elements in canonical JSON, by resource; {@code meta} is taken apart. */
  private final Map<String, Map<String, String>> resources = new TreeMap<>();

  /**
   * @param versions all versions that the store has written
   */
  public Snapshot(List<JsonNode> versions) {
    Map<String, JsonNode> latest = new LinkedHashMap<>();
    for (JsonNode version : versions) {
      latest.merge(
          version.path("resourceType").asText() + "/" + version.path("id").asText(),
          version,
          (one, other) -> number(one) > number(other) ? one : other);
    }
    Map<String, List<Map<String, String>>> provenances = new TreeMap<>();
    latest.forEach(
        (name, resource) -> {
          Map<String, String> elements = elements(resource.deepCopy());
          if (name.startsWith("Provenance/")) {
            // Its id is made of the message's random one, so that its targets must name it.
            provenances
                .computeIfAbsent(
                    "Provenance of " + elements.get("target"), all -> new ArrayList<>())
                .add(elements);
          } else {
            resources.put(name, elements);
          }
        });
    provenances.forEach(
        (name, all) -> {
          all.sort(Comparator.comparing(Map::toString));
          for (int i = 0; i < all.size(); i++) {
            resources.put(name + " " + (i + 1), all.get(i));
          }
        });
  }

  /** How many resources there are, by type. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    resources.keySet().forEach(name -> counts.merge(type(name), 1, Integer::sum));
    return counts;
  }

  /**
   * What is not the same in the other store.
   *
   * @return resources by what is different, for example {@code Patient.address} or {@code Encounter
   *     missing}
   */
  public Map<String, List<String>> differences(Snapshot other) {
    Map<String, List<String>> differences = new TreeMap<>();
    resources.forEach(
        (name, elements) -> {
          Map<String, String> others = other.resources.get(name);
          if (others == null) {
            note(differences, type(name) + " missing", name);
            return;
          }
          Map<String, String> both = new TreeMap<>(elements);
          both.putAll(others);
          for (String element : both.keySet()) {
            if (!String.valueOf(elements.get(element)).equals(others.get(element))) {
              note(differences, type(name) + "." + element, name);
            }
          }
        });
    other.resources.keySet().stream()
        .filter(name -> !resources.containsKey(name))
        .forEach(name -> note(differences, type(name) + " too much", name));
    return differences;
  }

  private static void note(Map<String, List<String>> differences, String what, String name) {
    differences.computeIfAbsent(what, all -> new ArrayList<>()).add(name);
  }

  private static String type(String name) {
    return name.split("[/ ]")[0];
  }

  private static int number(JsonNode version) {
    return version.at("/meta/versionId").asInt();
  }

  private static Map<String, String> elements(ObjectNode resource) {
    ObjectNode meta = resource.withObject("/meta");
    meta.remove(List.of("lastUpdated", "source"));
    if (resource.path("resourceType").asText().equals("Provenance")) {
      mask(resource);
    }
    Map<String, String> elements = new TreeMap<>();
    resource
        .fields()
        .forEachRemaining(field -> elements.put(field.getKey(), text(field.getValue())));
    elements.remove("meta");
    meta.fields()
        .forEachRemaining(field -> elements.put("meta." + field.getKey(), text(field.getValue())));
    return elements;
  }

  private static void mask(ObjectNode provenance) {
    provenance.remove(List.of("id", "recorded"));
    for (JsonNode identifier : provenance.path("entity").findValues("identifier")) {
      ((ObjectNode) identifier).put("value", "(a message)");
    }
    if (provenance.at("/activity/coding/0/code").asText().equals("merge")) {
      // The store writes this one itself, with what it was asked and how long that took.
      provenance.remove("occurredPeriod");
      for (JsonNode contained : provenance.path("contained")) {
        ((ObjectNode) contained).remove(List.of("id", "issue"));
      }
    }
  }

  private static String text(JsonNode element) {
    try {
      // As plain maps, since the nodes of a tree are written in the order in which they came.
      String text = CANONICAL.writeValueAsString(CANONICAL.treeToValue(element, Object.class));
      return PROVENANCE.matcher(text).replaceAll("Provenance/(of a message)");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was read can be written", e);
    }
  }
}

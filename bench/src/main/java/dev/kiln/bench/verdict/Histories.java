package dev.kiln.bench.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The versions of resources, by type and id, each resource's oldest version first. */
final class Histories {

  private final Map<String, Map<String, List<JsonNode>>> byType = new LinkedHashMap<>();

  Histories(List<JsonNode> versions) {
    for (JsonNode version : versions) {
      byType
          .computeIfAbsent(version.path("resourceType").asText(), type -> new LinkedHashMap<>())
          .computeIfAbsent(version.path("id").asText(), id -> new ArrayList<>())
          .add(version);
    }
    byType
        .values()
        .forEach(
            resources ->
                resources
                    .values()
                    .forEach(
                        history ->
                            history.sort(
                                Comparator.comparingInt(
                                    version -> version.at("/meta/versionId").asInt()))));
  }

  /** The resources of a type by their ids. */
  Map<String, List<JsonNode>> of(String type) {
    return byType.getOrDefault(type, Map.of());
  }

  /** The resources of a type by those of their identifiers' values that are wanted. */
  Map<String, List<List<JsonNode>>> byIdentifier(String type, Predicate<String> wanted) {
    Map<String, List<List<JsonNode>>> found = new LinkedHashMap<>();
    for (List<JsonNode> history : of(type).values()) {
      last(history).path("identifier").findValuesAsText("value").stream()
          .filter(wanted)
          .distinct()
          .forEach(value -> found.computeIfAbsent(value, none -> new ArrayList<>()).add(history));
    }
    return found;
  }

  static JsonNode last(List<JsonNode> history) {
    return history.get(history.size() - 1);
  }

  /** A reference as type and id, without a version. */
  static String reference(JsonNode reference) {
    return reference.path("reference").asText().replaceFirst("/_history/.*", "");
  }

  static String id(JsonNode reference) {
    return reference(reference).replaceFirst(".*/", "");
  }
}

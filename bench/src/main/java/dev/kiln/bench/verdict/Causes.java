package dev.kiln.bench.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.bench.feed.Message.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Examines that each message is the cause of one Provenance. */
final class Causes {

  private final List<Effect> effects;
  private final Histories store;
  private final Findings findings;

  Causes(List<Effect> effects, Histories store, Findings findings) {
    this.effects = effects;
    this.store = store;
    this.findings = findings;
  }

  /** A result's Provenance is known by the report in it, all others by the patient. */
  void examine() {
    Map<String, Integer> told = new LinkedHashMap<>();
    effects.forEach(
        effect ->
            told.merge(effect.isResult() ? effect.mark() : effect.patient(), 1, Integer::sum));
    Map<String, String> keys = new LinkedHashMap<>();
    for (String type : List.of("Patient", "DiagnosticReport")) {
      store
          .byIdentifier(type, told::containsKey)
          .forEach(
              (key, histories) ->
                  histories.forEach(
                      history -> keys.put(type + "/" + history.get(0).path("id").asText(), key)));
    }
    Map<String, Integer> found = new LinkedHashMap<>();
    Set<String> messages = new TreeSet<>();
    for (List<JsonNode> history : store.of("Provenance").values()) {
      String key = key(history.get(0), keys);
      if (key == null) {
        continue;
      }
      found.merge(key, 1, Integer::sum);
      findings.twice(history.size() - 1, "version of a Provenance of " + key);
      for (JsonNode message : history.get(0).path("entity").findValues("identifier")) {
        if (!messages.add(message.path("value").asText())) {
          findings.twice(1, "Provenance of one message about " + key);
        }
      }
    }
    told.forEach(
        (key, number) -> {
          int there = found.getOrDefault(key, 0);
          findings.lose(key, number - there, "too few Provenances of " + key);
          findings.twice(there - number, "Provenance of " + key);
        });
  }

  private static String key(JsonNode provenance, Map<String, String> keys) {
    Map<Boolean, List<String>> targets = new TreeMap<>();
    for (JsonNode target : provenance.path("target")) {
      String reference = Histories.reference(target);
      if (keys.containsKey(reference)) {
        targets
            .computeIfAbsent(reference.startsWith("DiagnosticReport/"), none -> new ArrayList<>())
            .add(keys.get(reference));
      }
    }
    return targets.isEmpty() ? null : targets.getOrDefault(true, targets.get(false)).get(0);
  }
}

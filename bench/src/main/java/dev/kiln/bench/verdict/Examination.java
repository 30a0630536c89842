package dev.kiln.bench.verdict;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.bench.feed.Delivery;
import dev.kiln.bench.feed.Message;
import dev.kiln.bench.feed.Message.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds a store's history against the messages that it acknowledged. Each message must have done
 * what it says exactly once and in its patient's order: an ADT message is one version of its
 * Patient, a result is one DiagnosticReport with one Observation that never changes, and each is
 * the cause of one Provenance.
 */
public final class Examination {

  private final List<Effect> effects;
  private final Histories store;

  private final Findings findings = new Findings();

  private Examination(List<Effect> effects, Histories store) {
    this.effects = effects;
    this.store = store;
  }

  /**
   * @param deliveries those of one connection in their order; the ones whose effect is not known,
   *     or which were not accepted, are left aside
   * @param versions all versions that the store has written since
   */
  public static Verdict of(List<Delivery> deliveries, List<JsonNode> versions) {
    return ofEffects(
        deliveries.stream()
            .filter(Delivery::isAccepted)
            .map(Delivery::message)
            .map(Message::effect)
            .filter(Objects::nonNull)
            .toList(),
        versions);
  }

  static Verdict ofEffects(List<Effect> effects, List<JsonNode> versions) {
    return new Examination(effects, new Histories(versions)).verdict();
  }

  private Verdict verdict() {
    patients();
    visits();
    results();
    new Causes(effects, store, findings).examine();
    return findings.verdict();
  }

  private void patients() {
    Map<String, List<String>> told =
        effects.stream()
            .filter(effect -> !effect.isResult())
            .collect(
                groupingBy(
                    Effect::patient,
                    LinkedHashMap::new,
                    Collectors.mapping(Effect::mark, Collectors.toList())));
    var stored = store.byIdentifier("Patient", told::containsKey);
    told.forEach(
        (patient, marks) -> {
          List<List<JsonNode>> histories = stored.getOrDefault(patient, List.of());
          findings.twice(histories.size() - 1, "Patient " + patient);
          List<String> found = new ArrayList<>();
          for (List<JsonNode> history : histories) {
            history.forEach(version -> found.add(version.at("/address/0/line/0").asText()));
          }
          sequence(patient, marks, found);
        });
  }

  /** Compares what a patient was told to be, one after the other, with what the patient was. */
  private void sequence(String patient, List<String> told, List<String> found) {
    List<String> missing = new ArrayList<>(told);
    missing.removeAll(found);
    findings.lose(patient, missing.size(), "Patient " + patient + " never had " + missing);
    int before = -1;
    Set<String> seen = new TreeSet<>();
    for (String mark : found) {
      int position = told.indexOf(mark);
      if (position < 0) {
        findings.twice(1, "version of Patient " + patient + " that no message explains, " + mark);
      } else if (!seen.add(mark)) {
        findings.twice(1, "version of Patient " + patient + " with " + mark);
      }
      if (position >= 0 && position < before) {
        findings.outOfOrder("Patient " + patient + " was moved back to " + mark);
      }
      before = Math.max(before, position);
    }
  }

  private void visits() {
    Map<String, List<Effect>> told = effects.stream().collect(groupingBy(Effect::visit));
    var stored = store.byIdentifier("Encounter", told::containsKey);
    told.forEach(
        (visit, messages) -> {
          List<List<JsonNode>> histories = stored.getOrDefault(visit, List.of());
          findings.lose(messages.get(0).patient(), 1 - histories.size(), "no Encounter " + visit);
          findings.twice(histories.size() - 1, "Encounter " + visit);
          int versions = histories.stream().mapToInt(List::size).sum();
          findings.twice(versions - messages.size(), "version of Encounter " + visit);
        });
  }

  private void results() {
    Set<String> orders =
        effects.stream().filter(Effect::isResult).map(Effect::mark).collect(Collectors.toSet());
    var stored = store.byIdentifier("DiagnosticReport", orders::contains);
    Set<String> reported = new TreeSet<>();
    for (String order : orders) {
      List<List<JsonNode>> histories = stored.getOrDefault(order, List.of());
      findings.lose(order, 1 - histories.size(), "no DiagnosticReport " + order);
      findings.twice(histories.size() - 1, "DiagnosticReport " + order);
      for (List<JsonNode> history : histories) {
        findings.twice(history.size() - 1, "version of DiagnosticReport " + order);
        for (JsonNode result : Histories.last(history).path("result")) {
          String observation = Histories.id(result);
          List<JsonNode> versions = store.of("Observation").getOrDefault(observation, List.of());
          findings.lose(order, 1 - versions.size(), "no Observation of " + order);
          if (reported.add(observation)) {
            findings.twice(versions.size() - 1, "version of an Observation of " + order);
          }
        }
      }
    }
    Set<String> ours = patientIds();
    store
        .of("Observation")
        .forEach(
            (id, history) -> {
              if (!reported.contains(id) && ours.contains(subject(history))) {
                findings.twice(1, "Observation that no report has, " + id);
              }
            });
  }

  /** Others may be in the same store. */
  private Set<String> patientIds() {
    Set<String> told = effects.stream().map(Effect::patient).collect(Collectors.toSet());
    return store.byIdentifier("Patient", told::contains).values().stream()
        .flatMap(List::stream)
        .map(history -> history.get(0).path("id").asText())
        .collect(Collectors.toSet());
  }

  private static String subject(List<JsonNode> history) {
    return Histories.id(Histories.last(history).path("subject"));
  }
}

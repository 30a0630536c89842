package dev.kiln.bench.feed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spreads messages over connections so that those about one patient stay on one, in their order.
 * Whoever shares a number with somebody, directly or through others, counts as the same patient.
 */
public final class Lanes {

  /** From a number to another one of the same patient, up to one that stands for all of them. */
  private final Map<String, String> parents = new HashMap<>();

  private Lanes() {}

  public static List<Iterator<Message>> of(List<Message> messages, int connections) {
    Lanes lanes = new Lanes();
    for (Message message : messages) {
      message.people().forEach(person -> lanes.unite(lanes.anyOf(message), person));
    }
    Map<String, List<Message>> byPatient = new LinkedHashMap<>();
    for (Message message : messages) {
      byPatient
          .computeIfAbsent(lanes.root(lanes.anyOf(message)), none -> new ArrayList<>())
          .add(message);
    }
    return lanes.spread(byPatient, messages, connections);
  }

  /** The longest stories are given out first, each to the connection that has the least to do. */
  private List<Iterator<Message>> spread(
      Map<String, List<Message>> byPatient, List<Message> messages, int connections) {
    int[] load = new int[connections];
    Map<String, Integer> connection = new HashMap<>();
    byPatient.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
        .forEach(
            entry -> {
              int least = 0;
              for (int i = 1; i < connections; i++) {
                least = load[i] < load[least] ? i : least;
              }
              load[least] += entry.getValue().size();
              connection.put(entry.getKey(), least);
            });
    List<List<Message>> lanes = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      lanes.add(new ArrayList<>());
    }
    for (Message message : messages) {
      lanes.get(connection.get(root(anyOf(message)))).add(message);
    }
    return lanes.stream().map(List::iterator).toList();
  }

  /** A message that names nobody is a story of its own. */
  private String anyOf(Message message) {
    return message.people().stream().min(Comparator.naturalOrder()).orElse(message.controlId());
  }

  private void unite(String one, String other) {
    parents.put(root(one), root(other));
  }

  private String root(String person) {
    String root = person;
    while (!parents.getOrDefault(root, root).equals(root)) {
      root = parents.get(root);
    }
    return root;
  }
}

package dev.kiln.command.corpus;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.routes.RoutesConfiguration.Rehearsal;
import dev.kiln.routes.RoutesConfiguration.Rehearsal.Outcome;
import dev.kiln.routes.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;

/** Says element by element what a site profile changes in a message's translation. */
final class SiteComparison {

  private static final FhirContext R4 = FhirContext.forR4Cached();

  private final Rehearsal without;
  private final boolean showValues;
  private final ObjectMapper mapper = new ObjectMapper();

  SiteComparison(Rehearsal without, boolean showValues) {
    this.without = without;
    this.showValues = showValues;
  }

  /** For example {@code Patient[1].identifier[0].system changed}; empty where nothing changes. */
  List<String> differences(byte[] message, Outcome with) {
    Map<String, String> before = elements(without.of(message));
    Map<String, String> after = elements(with);
    TreeSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    List<String> lines = new ArrayList<>();
    for (String element : all) {
      String was = before.get(element);
      String is = after.get(element);
      if (!Objects.equals(was, is)) {
        String how = was == null ? "added" : is == null ? "removed" : "changed";
        lines.add(element + " " + how + (showValues ? ": " + was + " -> " + is : ""));
      }
    }
    return lines;
  }

  /** Resources are known by their order, since a profile may change their ids. */
  private Map<String, String> elements(Outcome outcome) {
    Map<String, String> elements = new TreeMap<>();
    Statement statement = outcome.statement();
    if (statement == null) {
      elements.put("refusal", String.valueOf(outcome.refusal()));
      return elements;
    }
    elements.put("source", statement.source());
    elements.put("time", String.valueOf(statement.earliest()));
    Map<String, Integer> counts = new HashMap<>();
    for (BundleEntryComponent entry : statement.bundle().getEntry()) {
      String type = entry.getResource().fhirType();
      String name = type + "[" + counts.merge(type, 1, Integer::sum) + "]";
      String text = R4.newJsonParser().encodeResourceToString(entry.getResource());
      try {
        flatten(name, mapper.readTree(text), elements);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("HAPI writes JSON", e);
      }
    }
    return elements;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> elements) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              child -> flatten(path + "." + child.getKey(), child.getValue(), elements));
    } else if (node.isArray()) {
      for (int at = 0; at < node.size(); at++) {
        flatten(path + "[" + at + "]", node.get(at), elements);
      }
    } else {
      elements.put(path, node.asText());
    }
  }
}

package dev.kiln.command.corpus;

import dev.kiln.routes.Leaf;
import dev.kiln.routes.LeafChange;
import dev.kiln.routes.RoutesConfiguration.Rehearsal;
import dev.kiln.routes.RoutesConfiguration.Rehearsal.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Says element by element what a site profile changes in a message's translation. */
final class SiteComparison {

  private final Rehearsal without;
  private final boolean showValues;

  SiteComparison(Rehearsal without, boolean showValues) {
    this.without = without;
    this.showValues = showValues;
  }

  /** For example {@code Patient[1].identifier[0].system changed}; empty where nothing changes. */
  List<String> differences(byte[] message, Outcome with) {
    Outcome before = without.of(message);
    List<String> lines = new ArrayList<>();
    if (before.refusal() != with.refusal()) {
      lines.add("refusal changed: " + before.refusal() + " -> " + with.refusal());
    }
    LeafChange.between(before.statement(), with.statement())
        .forEach(change -> lines.add(line(change)));
    return lines;
  }

  private String line(LeafChange change) {
    Leaf was = change.before();
    Leaf is = change.after();
    String how = was == null ? "added" : is == null ? "removed" : "changed";
    return "%s.%s %s%s"
        .formatted(
            change.resource(),
            change.path(),
            how,
            showValues ? ": " + value(was) + " -> " + value(is) : "");
  }

  private static String value(Leaf leaf) {
    return leaf == null ? null : leaf.value();
  }
}

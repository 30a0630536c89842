package dev.kiln.routes.sink;

import dev.kiln.routes.Origin;
import dev.kiln.routes.sink.Telling.Unit;
import dev.kiln.routes.sink.Telling.When;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BackboneElement;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;

/**
 * Lays what a message says over what is stored, element by element, as one compares three texts:
 * what this source said before, what it says now, and what stands there. What stands there and is
 * not what this source said was entered by a person or by another source, and stays. A message that
 * is older than the one that last told an element does not touch it.
 */
final class Merge {

  private static final Set<String> NOT_CONTENT = Set.of("id", "meta", "implicitRules");

  private final Telling own;
  private final Collection<Telling> others;
  private final When when;
  private final Consumer<String> warnings;

  /**
   * @param own what the message's source said of the resource so far; is brought up to date
   * @param others what other sources said of it
   * @param when the message was said
   * @param warnings takes what was not applied, by the name of the element
   */
  Merge(Telling own, Collection<Telling> others, When when, Consumer<String> warnings) {
    this.own = own;
    this.others = others;
    this.when = when;
    this.warnings = warnings;
  }

  /**
   * @param stored null where nothing is
   * @return a new resource; of the message's values it has the marked objects themselves
   */
  Resource lay(Resource told, Resource stored) {
    Resource merged =
        stored == null ? ResourceFactory.createResource(told.fhirType()) : stored.copy();
    if (!isToldByField(told) && isStaleAsAWhole()) {
      return merged;
    }
    Set<String> keys = new HashSet<>();
    Origin.removed(told)
        .forEach((field, element) -> forget(merged, element, Trace.field(field), keys));
    for (Property property : told.children()) {
      if (hasContent(property) && !NOT_CONTENT.contains(property.getName())) {
        lay(merged, property, "", Origin.isMentioned(told), keys);
      }
    }
    if (!isToldByField(told)) {
      forgetTheRest(merged, keys);
    }
    return merged;
  }

  /**
   * Of patients and visits, messages tell parts. Everything else they tell as a whole: a corrected
   * result replaces the one before (section 7.4.2, OBX-11), so that a flag that it does not repeat
   * is gone.
   */
  private static boolean isToldByField(Resource told) {
    return told instanceof Patient || told instanceof Encounter || Origin.isMentioned(told);
  }

  /**
   * Parts of two tellings would make a third that nobody said, such as an old flag on a new value.
   */
  private boolean isStaleAsAWhole() {
    List<String> newer = own.newerThan(when);
    newer.forEach(element -> warnings.accept(element + ": stale, a newer message has told it"));
    return !newer.isEmpty();
  }

  private void lay(Base parent, Property told, String path, boolean mentioned, Set<String> keys) {
    Element element = new Element(parent, told.getName(), path);
    if (told.getMaxCardinality() != 1) {
      new RepeatingMerge(element, own, others, keys)
          .lay(told.getValues(), mentioned, this::unit, this::isStale);
      return;
    }
    Base value = told.getValues().get(0);
    if (value instanceof BackboneElement || isPeriodForGood(told)) {
      Base part = element.first() == null ? element.make() : element.first();
      Base before = part.copy();
      Unit start = own.unit(Telling.key(element.path() + ".start", ""));
      for (Property inner : value.children()) {
        if (hasContent(inner)) {
          lay(part, inner, element.path(), mentioned, keys);
        }
      }
      if (part instanceof Period period) {
        keepOrder(period, (Period) before, start, element.path());
      }
      if (part.isEmpty()) {
        element.clear();
      }
      return;
    }
    single(element, value, mentioned, keys);
  }

  /** HAPI makes an empty value of what is only looked at. */
  private static boolean hasContent(Property property) {
    return property.getValues().stream().anyMatch(value -> !value.isEmpty());
  }

  /** Where a time may stand in its place, the period is one value, which changes as a whole. */
  private static boolean isPeriodForGood(Property told) {
    return told.getValues().get(0) instanceof Period && !told.getName().endsWith("[x]");
  }

  private void single(Element element, Base value, boolean mentioned, Set<String> keys) {
    String key = Telling.key(element.path(), "");
    keys.add(key);
    Unit before = own.unit(key);
    boolean quiet = mentioned || Trace.firstMark(value) == null;
    if (quiet ? before != null && !before.filling() : isStale(before, element)) {
      quietlySame(element, value);
      return;
    }
    String said = Digest.of(value);
    Base stands = element.first();
    boolean held;
    if (stands == null) {
      // What this source said before and is not there any more, somebody has removed.
      held = before == null || !before.told().contains(said);
      if (held) {
        element.set(value);
      }
    } else if (Digest.of(stands).equals(said)) {
      element.set(value);
      held = isOurs(element, before, said);
    } else if (!quiet && isOurs(element, before, Digest.of(stands))) {
      element.set(value);
      held = true;
    } else {
      held = false;
      if (!quiet && (before == null || !before.told().contains(said))) {
        warnings.accept(element.path() + ": kept as it is, somebody else has entered it");
      }
    }
    own.tell(key, unit(quiet, Set.of(said), held ? Set.of(said) : Set.of()));
  }

  /** An equal value takes the stored one's place only for its mark's sake. */
  private static void quietlySame(Element element, Base value) {
    if (element.first() != null && Digest.of(element.first()).equals(Digest.of(value))) {
      element.set(value);
    }
  }

  /** Whether what stands there does so because of this source, or of somebody's mere mention. */
  private boolean isOurs(Element element, Unit before, String stands) {
    return before != null && before.held().contains(stands)
        || Stream.concat(Stream.of(own), others.stream())
            .flatMap(telling -> telling.of(element.path()))
            .anyMatch(unit -> unit.filling() && unit.held().contains(stands));
  }

  /** The HL7 null: removes what this source has said, and what was only mentioned. */
  private void forget(Resource merged, String path, String field, Set<String> keys) {
    Element element = Element.at(merged, path);
    if (element == null) {
      return;
    }
    if (element.repeats()) {
      new RepeatingMerge(element, own, others, keys)
          .lay(field, List.of(), this::unit, this::isStale);
      return;
    }
    String key = Telling.key(path, "");
    keys.add(key);
    Unit before = own.unit(key);
    if (isStale(before, element)) {
      return;
    }
    Base stands = element.first();
    if (stands != null && isOurs(element, before, Digest.of(stands))) {
      element.clear();
    } else if (stands != null) {
      warnings.accept(path + ": not removed, somebody else has entered it");
    }
    own.tell(key, unit(false, Set.of(), Set.of()));
  }

  private void forgetTheRest(Resource merged, Set<String> keys) {
    for (Map.Entry<String, String> unit : own.elementsByKey().entrySet()) {
      if (!keys.contains(unit.getKey())) {
        String field = unit.getKey().substring(unit.getValue().length() + 1);
        forget(merged, unit.getValue(), field, keys);
      }
    }
  }

  private boolean isStale(Unit before, Element element) {
    boolean stale = before != null && !before.filling() && before.isNewerThan(when);
    if (stale) {
      warnings.accept(element.path() + ": stale, a newer message has told it");
    }
    return stale;
  }

  private Unit unit(boolean filling, Set<String> told, Set<String> held) {
    return new Unit(when.earliest(), when.received(), filling, told, held);
  }

  /**
   * Parts of a period may come from several messages; FHIR wants its end after its start. What is
   * left out counts as not told, so that it comes as soon as it fits.
   */
  private void keepOrder(Period period, Period before, Unit startBefore, String path) {
    if (period.equalsDeep(before)
        || !period.hasStart()
        || !period.hasEnd()
        || !period.getStart().after(period.getEnd())) {
      return;
    }
    String end = Telling.key(path + ".end", "");
    Unit told = own.unit(end);
    if (told != null && told.held().contains(Digest.of(period.getEndElement()))) {
      warnings.accept(path + ": the end is left out, it lies before the start");
      period.setEndElement(null);
      own.restore(end, null);
    } else {
      warnings.accept(path + ": the start is left out, it lies behind an end of somebody else's");
      period.setStartElement(before.hasStart() ? before.getStartElement() : null);
      own.restore(Telling.key(path + ".start", ""), startBefore);
    }
  }
}

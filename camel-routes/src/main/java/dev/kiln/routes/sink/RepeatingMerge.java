package dev.kiln.routes.sink;

import dev.kiln.routes.sink.Telling.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Identifier;

/**
 * Merges an element that repeats. Each field of the message is a snapshot of its own (section
 * 2.10.4): what this source had said in that field and does not say any more goes, what is new
 * comes, and what others entered stays.
 */
final class RepeatingMerge {

  private final Element element;
  private final Telling own;
  private final Collection<Telling> others;
  private final Set<String> keys;

  RepeatingMerge(Element element, Telling own, Collection<Telling> others, Set<String> keys) {
    this.element = element;
    this.own = own;
    this.others = others;
    this.keys = keys;
  }

  /** Makes a unit with the message's time. */
  interface Units {
    Unit of(boolean filling, Set<String> told, Set<String> held);
  }

  /** Lays the values of all fields; those without a mark are the translator's and only added. */
  void lay(List<Base> values, boolean mentioned, Units units, BiPredicate<Unit, Element> isStale) {
    Map<String, List<Base>> byField = new LinkedHashMap<>();
    for (Base value : values) {
      String mark = Trace.firstMark(value);
      byField
          .computeIfAbsent(mark == null ? "" : Trace.field(mark), field -> new ArrayList<>())
          .add(value);
    }
    boolean empty = element.first() == null;
    byField.forEach(
        (field, told) -> {
          if (field.isEmpty() || mentioned) {
            fill(field, told, empty || field.isEmpty(), units);
          } else {
            lay(field, told, units, isStale);
          }
        });
  }

  /** Lays one field's snapshot; an empty one removes. */
  void lay(String field, List<Base> told, Units units, BiPredicate<Unit, Element> isStale) {
    String key = Telling.key(element.path(), field);
    keys.add(key);
    Unit before = own.unit(key);
    if (isStale.test(before, element)) {
      return;
    }
    Map<String, Base> said = byDigest(told);
    Set<String> saidBefore = before == null ? Set.of() : before.told();
    Set<String> ours = new HashSet<>(before == null ? Set.of() : before.held());
    ours.addAll(filledIn(key));
    Set<String> stillSaid = saidElsewhere(key);
    List<Base> result = new ArrayList<>();
    Set<String> there = new HashSet<>();
    int place = -1;
    for (Base stands : element.values()) {
      String digest = Digest.of(stands);
      if (ours.contains(digest) && !said.containsKey(digest) && !stillSaid.contains(digest)) {
        place = place < 0 ? result.size() : place;
        continue;
      }
      there.add(digest);
      // An equal value comes with its mark.
      result.add(said.getOrDefault(digest, stands));
    }
    // What another source has brought is this one's as well: the last one to drop it removes it.
    Set<String> held = heldByAnybody();
    held.retainAll(said.keySet());
    held.retainAll(there);
    List<Base> added = new ArrayList<>();
    said.forEach(
        (digest, value) -> {
          // What was said before and is not there any more, somebody has removed.
          if (!there.contains(digest)
              && !saidBefore.contains(digest)
              && result.stream().noneMatch(other -> isSameNumber(value, other))) {
            added.add(value);
            held.add(digest);
          }
        });
    result.addAll(place < 0 ? result.size() : place, added);
    element.setAll(result);
    own.tell(key, units.of(false, said.keySet(), held));
  }

  /** Adds what is missing; a mention adds to an empty element only, and numbers always. */
  private void fill(String field, List<Base> told, boolean all, Units units) {
    String key = Telling.key(element.path(), field);
    keys.add(key);
    Unit before = own.unit(key);
    Map<String, Base> said = byDigest(told);
    List<Base> result = new ArrayList<>();
    Set<String> there = new HashSet<>();
    for (Base stands : element.values()) {
      String digest = Digest.of(stands);
      there.add(digest);
      result.add(said.getOrDefault(digest, stands));
    }
    Set<String> held = new LinkedHashSet<>(before == null ? Set.of() : before.held());
    said.forEach(
        (digest, value) -> {
          // What stood there because of this and is not there any more, somebody has removed.
          if (!there.contains(digest)
              && !held.contains(digest)
              && (all || value instanceof Identifier)
              && result.stream().noneMatch(other -> isSameNumber(value, other))) {
            result.add(value);
            held.add(digest);
          }
        });
    element.setAll(result);
    if (before == null || before.filling()) {
      own.tell(key, units.of(true, said.keySet(), held));
    }
  }

  private Set<String> heldByAnybody() {
    return Telling.union(
        Stream.concat(Stream.of(own), others.stream())
            .flatMap(telling -> telling.of(element.path()))
            .map(Unit::held));
  }

  /** Values that stand there because this field was mentioned or filled in, by whomever. */
  private Set<String> filledIn(String key) {
    return Telling.union(
        Stream.concat(Stream.of(own), others.stream())
            .map(telling -> telling.unit(key))
            .filter(unit -> unit != null && unit.filling())
            .map(Unit::held));
  }

  /** Values that another source, or this one in another field, says as well. */
  private Set<String> saidElsewhere(String key) {
    Unit self = own.unit(key);
    return Telling.union(
        Stream.concat(Stream.of(own), others.stream())
            .flatMap(telling -> telling.of(element.path()))
            .filter(unit -> unit != self && !unit.filling())
            .map(Unit::told));
  }

  private static Map<String, Base> byDigest(List<Base> values) {
    return values.stream()
        .collect(
            Collectors.toMap(
                Digest::of, value -> value, (first, same) -> first, LinkedHashMap::new));
  }

  private static boolean isSameNumber(Base one, Base other) {
    return one instanceof Identifier mine
        && other instanceof Identifier theirs
        && mine.hasValue()
        && mine.getValue().equals(theirs.getValue())
        && String.valueOf(mine.getSystem()).equals(String.valueOf(theirs.getSystem()));
  }
}

package dev.kiln.routes.sink;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one source last said of one resource, as digests of the values: enough to tell later whether
 * what is stored is still what this source said, and when it said so.
 */
final class Telling {

  private static final ObjectMapper JSON =
      new ObjectMapper().setVisibility(PropertyAccessor.FIELD, Visibility.ANY);

  private final Map<String, Unit> units;

  private Telling(Map<String, Unit> units) {
    this.units = units;
  }

  /**
   * One element as one field of the message told it.
   *
   * @param at the earliest moment at which it can have been said, in milliseconds of the epoch
   * @param received when the message was committed, likewise
   * @param filling true for what was only mentioned or filled in: anybody who tells may overwrite
   *     it
   * @param told digests of the values
   * @param held those of them that stand in the store because of this telling
   */
  @JsonAutoDetect(fieldVisibility = Visibility.ANY)
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  record Unit(long at, long received, boolean filling, Set<String> told, Set<String> held) {

    Unit {
      told = told == null ? Set.of() : told;
      held = held == null ? Set.of() : held;
    }

    /** Where the times do not tell, the order of arrival does, which a replay is not part of. */
    boolean isNewerThan(When when) {
      return at > when.latest() || when.earliest() <= at && when.received() < received;
    }

    /** What has taken the place of another one is not older, however vague its own time is. */
    private Unit notBefore(Unit other) {
      return other == null || other.filling || other.at <= at
          ? this
          : new Unit(other.at, received, filling, told, held);
    }
  }

  /**
   * When a message was said, in milliseconds of the epoch.
   *
   * @param earliest the earliest moment at which it can have been said
   * @param latest the latest such moment
   * @param received when it was committed
   */
  record When(long earliest, long latest, long received) {

    /** Clocks are wrong, and zones are missing, by hours; a day is a slip of the pen. */
    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    /**
     * A message without a time, or with one that has yet to come, was said when it was received:
     * the time of a slip of the pen would make all that follows count as old.
     *
     * @param earliest null where the message has no time
     * @param latest null where the message has no time
     */
    static When of(Instant earliest, Instant latest, Instant received) {
      return earliest == null || latest == null || isAhead(earliest, received)
          ? new When(received.toEpochMilli(), received.toEpochMilli(), received.toEpochMilli())
          : new When(earliest.toEpochMilli(), latest.toEpochMilli(), received.toEpochMilli());
    }

    /** Whether a time has yet to come, by more than a clock may be wrong. */
    static boolean isAhead(Instant earliest, Instant received) {
      return earliest != null && earliest.isAfter(received.plus(MOST_AHEAD));
    }
  }

  static Telling none() {
    return new Telling(new LinkedHashMap<>());
  }

  static Telling parse(String content) {
    try {
      Map<String, Unit> units = new LinkedHashMap<>();
      JSON.readTree(content)
          .fields()
          .forEachRemaining(
              entry -> units.put(entry.getKey(), JSON.convertValue(entry.getValue(), Unit.class)));
      return new Telling(units);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the order of the keys, so that the same telling is the same text. */
  String content() {
    try {
      return JSON.writeValueAsString(new TreeMap<>(units));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  Unit unit(String key) {
    return units.get(key);
  }

  void tell(String key, Unit unit) {
    units.put(key, unit.notBefore(units.get(key)));
  }

  /**
   * Takes a telling back.
   *
   * @param before what had been told before it; null for nothing
   */
  void restore(String key, Unit before) {
    if (before == null) {
      units.remove(key);
    } else {
      units.put(key, before);
    }
  }

  /** The elements that have been told, not merely filled in, by a newer message. */
  List<String> newerThan(When when) {
    return units.entrySet().stream()
        .filter(unit -> !unit.getValue().filling() && unit.getValue().isNewerThan(when))
        .map(unit -> element(unit.getKey()))
        .distinct()
        .toList();
  }

  /** All units of an element, whatever field told them. */
  Stream<Unit> of(String element) {
    String prefix = element + "@";
    return units.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(Map.Entry::getValue);
  }

  /** The elements that have been told, by the keys of their units. */
  Map<String, String> elementsByKey() {
    Map<String, String> elements = new LinkedHashMap<>();
    units.keySet().forEach(key -> elements.put(key, element(key)));
    return elements;
  }

  private static String element(String key) {
    return key.substring(0, key.indexOf('@'));
  }

  static String key(String element, String field) {
    return element + "@" + field;
  }

  static Set<String> union(Stream<Set<String>> sets) {
    Set<String> all = new LinkedHashSet<>();
    sets.forEach(all::addAll);
    return all;
  }
}

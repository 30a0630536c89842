package dev.kiln.routes.sink;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
   * @param filling true for what was only mentioned or filled in: anybody who tells may overwrite
   *     it
   * @param told digests of the values
   * @param held those of them that stand in the store because of this telling
   */
  @JsonAutoDetect(fieldVisibility = Visibility.ANY)
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  record Unit(long at, boolean filling, Set<String> told, Set<String> held) {

    Unit {
      told = told == null ? Set.of() : told;
      held = held == null ? Set.of() : held;
    }

    boolean isNewerThan(Instant latest) {
      return at > latest.toEpochMilli();
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
    units.put(key, unit);
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
    units.keySet().forEach(key -> elements.put(key, key.substring(0, key.indexOf('@'))));
    return elements;
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

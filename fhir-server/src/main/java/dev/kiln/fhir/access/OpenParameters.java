package dev.kiln.fhir.access;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The search parameters that ask about the resource itself. Others ask about what it points to or
 * what points to it, and would answer with resources, or by finding or not finding, about what the
 * token does not open.
 */
final class OpenParameters {

  /** Of those with an underscore; all others of them are closed. */
  private static final Set<String> OPEN =
      Set.of(
          "_id",
          "_lastUpdated",
          "_tag",
          "_profile",
          "_security",
          "_source",
          "_sort",
          "_count",
          "_offset",
          "_total",
          "_summary",
          "_elements",
          "_format",
          "_pretty");

  /** Bring further resources into the answer, which are judged one by one. */
  private static final Set<String> BRINGING = Set.of("_include", "_revinclude");

  private static final Set<String> MODIFIERS =
      Set.of("missing", "exact", "contains", "text", "not", "of-type", "identifier");

  private OpenParameters() {}

  /**
   * The first parameter that is not open; empty where all are.
   *
   * @param given as in the address, with modifiers and chains
   * @param own names that the server itself has put there
   * @param includes whether more resources may be asked for in one go
   */
  static Optional<String> closed(
      Map<String, ? extends Collection<String>> given, Set<String> own, boolean includes) {
    return given.entrySet().stream()
        .filter(parameter -> !own.contains(parameter.getKey()))
        .filter(parameter -> !isOpen(parameter.getKey(), parameter.getValue(), includes))
        .map(parameter -> parameter.getKey().split("[:.]", 2)[0])
        .map(name -> name.matches("[A-Za-z_-]{1,40}") ? name : "This search")
        .findFirst();
  }

  private static boolean isOpen(String name, Collection<String> values, boolean includes) {
    String[] parts = name.split(":", 2);
    if (BRINGING.contains(parts[0])) {
      return includes;
    }
    if (name.contains(".") || parts[0].startsWith("_") && !OPEN.contains(parts[0])) {
      return false;
    }
    if (parts.length == 2 && !MODIFIERS.contains(parts[1]) && !parts[1].matches("[A-Z][A-Za-z]+")) {
      return false;
    }
    return !parts[0].equals("_sort") || values.stream().noneMatch(value -> value.contains("."));
  }
}

package dev.kiln.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands behind the verb on the command line: {@code --name value} pairs and {@code --json}.
 */
record Options(Map<String, String> values) {

  private static final String JSON = "json";

  /**
   * @param names those that the verb knows
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static Options of(String[] arguments, String... names) {
    List<String> known = Arrays.asList(names);
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < arguments.length; i++) {
      String name = arguments[i].replaceFirst("^--", "");
      if (!arguments[i].startsWith("--") || !name.equals(JSON) && !known.contains(name)) {
        throw new IllegalArgumentException("There is no option " + arguments[i]);
      }
      if (!name.equals(JSON) && i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " wants a value");
      }
      values.put(name, name.equals(JSON) ? "" : arguments[++i]);
    }
    return new Options(values);
  }

  boolean wantsJson() {
    return values.containsKey(JSON);
  }

  int number(String name, int otherwise) {
    String value = values.getOrDefault(name, String.valueOf(otherwise));
    if (!value.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("--" + name + " wants a number, not " + value);
    }
    return Integer.parseInt(value);
  }

  /** A random one where none is given. */
  int seed() {
    return number("seed", (int) (System.nanoTime() % 1_000_000));
  }

  Path path(String name, String otherwise) {
    String value = values.getOrDefault(name, otherwise);
    return value == null || value.isBlank() ? null : Path.of(value);
  }
}

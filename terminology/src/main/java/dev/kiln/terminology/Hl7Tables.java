package dev.kiln.terminology;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The codes of the HL7 v2 tables that are FHIR R4 code systems. Sites add codes of their own to
 * tables, which FHIR does not allow under the table's URI. DICOM's acronyms are among them, as the
 * table DCM, since senders use that name for other things as well.
 */
public final class Hl7Tables {

  private static final String FILE = "/dev/kiln/terminology/v2-tables.txt";

  private final Map<String, Set<String>> codes;

  private Hl7Tables(Map<String, Set<String>> codes) {
    this.codes = codes;
  }

  /** Reads one table a line: its number and its codes, each after a tab. */
  static Hl7Tables bundled() {
    Map<String, Set<String>> codes = new HashMap<>();
    try (InputStream file = Hl7Tables.class.getResourceAsStream(FILE)) {
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t"))
          .forEach(
              parts ->
                  codes.put(
                      parts[0], new HashSet<>(Arrays.asList(parts).subList(1, parts.length))));
    } catch (IOException e) {
      throw new UncheckedIOException("The HL7 tables cannot be read", e);
    }
    return new Hl7Tables(codes);
  }

  /**
   * @param table its four digits, or DCM
   */
  public boolean holds(String table, String code) {
    return codes.getOrDefault(table, Set.of()).contains(code);
  }
}

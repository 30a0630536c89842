package dev.kiln.terminology;

/**
 * All of the terminology that comes with Kiln.
 *
 * @param maps what a code of one table is called in another
 * @param tables the codes of the HL7 v2 tables
 * @param units the grammar of units
 */
public record Terminology(ConceptMaps maps, Hl7Tables tables, UcumUnits units) {

  /**
   * Reads it from the class path.
   *
   * @throws IllegalStateException naming what is missing or broken
   */
  public static Terminology bundled() {
    return new Terminology(ConceptMaps.bundled(), Hl7Tables.bundled(), UcumUnits.bundled());
  }
}

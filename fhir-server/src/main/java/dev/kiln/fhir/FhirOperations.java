package dev.kiln.fhir;

import java.util.Map;

/**
 * Operations of another module that the FHIR server offers beside its own.
 *
 * @param provider has methods annotated as HAPI's plain providers do
 * @param guards by the operations' names, for example {@code $messages}. One without a guard is
 *     closed to persons, and open to clients that act for themselves and may read everything
 */
public record FhirOperations(Object provider, Map<String, Guard> guards) {

  public FhirOperations {
    guards = Map.copyOf(guards);
  }

  /**
   * Who may call an operation.
   *
   * @param right that the token of a person must have
   * @param services which clients that act for themselves may call it too
   */
  public record Guard(String right, Services services) {

    /** Clients that act for themselves. */
    public enum Services {
      READING_EVERYTHING,
      WRITING_EVERYTHING,
      NONE
    }

    public static Guard reading(String right) {
      return new Guard(right, Services.READING_EVERYTHING);
    }

    public static Guard changing(String right) {
      return new Guard(right, Services.WRITING_EVERYTHING);
    }

    /** For what no access to resources is enough, however wide. */
    public static Guard personal(String right) {
      return new Guard(right, Services.NONE);
    }
  }
}

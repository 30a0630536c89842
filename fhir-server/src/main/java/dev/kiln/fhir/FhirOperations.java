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
   * @param changes whether a client that acts for itself must be one that may write everything
   */
  public record Guard(String right, boolean changes) {

    public static Guard reading(String right) {
      return new Guard(right, false);
    }

    public static Guard changing(String right) {
      return new Guard(right, true);
    }
  }
}

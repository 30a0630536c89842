package dev.kiln.fhir;

/**
 * Operations of another module that the FHIR server offers beside its own.
 *
 * @param provider has methods annotated as HAPI's plain providers do
 */
public record FhirOperations(Object provider) {}

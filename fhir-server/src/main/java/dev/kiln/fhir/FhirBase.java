package dev.kiln.fhir;

/**
 * The address under which clients reach the FHIR API. Links in answers are made from it and never
 * from a request's Host header, which anyone can forge.
 *
 * @param url without a trailing slash, for example {@code https://fhir.example.org/fhir}
 */
public record FhirBase(String url) {}

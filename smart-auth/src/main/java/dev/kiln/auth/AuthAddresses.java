package dev.kiln.auth;

/**
 * The addresses under which clients reach this server.
 *
 * @param issuer without a trailing slash, for example {@code https://hub.example.org}; tokens name
 *     it as {@code iss}
 * @param fhirBase for example {@code https://hub.example.org/fhir}; apps name it as {@code aud}
 */
public record AuthAddresses(String issuer, String fhirBase) {}

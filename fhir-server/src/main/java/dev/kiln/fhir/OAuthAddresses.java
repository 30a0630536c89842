package dev.kiln.fhir;

/**
 * Where apps get their tokens, for the CapabilityStatement.
 *
 * @param authorize the authorization endpoint
 * @param token the token endpoint
 * @param introspect the introspection endpoint
 * @param revoke the revocation endpoint
 * @param manage the page on which people see and end what they have allowed
 */
public record OAuthAddresses(
    String authorize, String token, String introspect, String revoke, String manage) {}

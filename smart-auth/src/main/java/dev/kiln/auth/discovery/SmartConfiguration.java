package dev.kiln.auth.discovery;

import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.endpoint.Endpoints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The document by which apps find the server (SMART App Launch 2.2, "Using .well-known"). */
final class SmartConfiguration {

  /** Only what a test has shown. */
  private static final List<String> CAPABILITIES =
      List.of(
          "launch-ehr",
          "launch-standalone",
          "authorize-post",
          "client-public",
          "client-confidential-symmetric",
          "client-confidential-asymmetric",
          "sso-openid-connect",
          "context-banner",
          "context-style",
          "context-ehr-patient",
          "context-ehr-encounter",
          "context-standalone-patient",
          "permission-offline",
          "permission-online",
          "permission-patient",
          "permission-user",
          "permission-v1",
          "permission-v2");

  private static final List<String> SCOPES =
      List.of(
          "openid",
          "profile",
          "fhirUser",
          "launch",
          "launch/patient",
          "offline_access",
          "online_access",
          "patient/*.cruds",
          "user/*.cruds",
          "system/*.cruds");

  private SmartConfiguration() {}

  static Map<String, Object> of(AuthAddresses addresses) {
    String issuer = addresses.issuer();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", issuer);
    document.put("jwks_uri", issuer + Endpoints.JWKS);
    document.put("authorization_endpoint", issuer + Endpoints.AUTHORIZE);
    document.put("token_endpoint", issuer + Endpoints.TOKEN);
    document.put("introspection_endpoint", issuer + Endpoints.INTROSPECT);
    document.put("revocation_endpoint", issuer + Endpoints.REVOKE);
    document.put("userinfo_endpoint", issuer + Endpoints.USER_INFO);
    document.put(
        "grant_types_supported",
        List.of("authorization_code", "refresh_token", "client_credentials"));
    document.put("response_types_supported", List.of("code"));
    document.put("code_challenge_methods_supported", List.of("S256"));
    document.put(
        "token_endpoint_auth_methods_supported",
        List.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt"));
    document.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"));
    document.put("scopes_supported", SCOPES);
    document.put("capabilities", CAPABILITIES);
    return document;
  }
}

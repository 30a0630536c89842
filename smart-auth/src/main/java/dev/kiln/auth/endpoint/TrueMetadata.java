package dev.kiln.auth.endpoint;

import dev.kiln.auth.AuthAddresses;
import java.util.List;
import java.util.Map;

/**
 * What the discovery documents may claim. The library's own announce endpoints and methods that are
 * not served here.
 */
final class TrueMetadata {

  private static final List<String> AUTHENTICATION_METHODS =
      List.of("client_secret_basic", "client_secret_post", "private_key_jwt");
  private static final List<String> ALGORITHMS = List.of("RS384", "ES384");

  private final AuthAddresses addresses;

  TrueMetadata(AuthAddresses addresses) {
    this.addresses = addresses;
  }

  void ofOpenId(Map<String, Object> claims) {
    correct(claims);
    claims.put("scopes_supported", List.of("openid", "profile", "fhirUser"));
    claims.put("claims_supported", List.of("iss", "sub", "aud", "exp", "iat", "fhirUser", "name"));
  }

  void ofOAuth(Map<String, Object> claims) {
    correct(claims);
  }

  private void correct(Map<String, Object> claims) {
    for (String claim :
        List.of(
            "device_authorization_endpoint",
            "end_session_endpoint",
            "tls_client_certificate_bound_access_tokens",
            "dpop_signing_alg_values_supported",
            "pushed_authorization_request_endpoint",
            "registration_endpoint")) {
      claims.remove(claim);
    }
    claims.put(
        "grant_types_supported",
        List.of("authorization_code", "refresh_token", "client_credentials"));
    claims.put("code_challenge_methods_supported", List.of("S256"));
    // A public client authenticates by nothing, which RFC 8414 calls a method too.
    claims.put(
        "token_endpoint_auth_methods_supported",
        List.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt"));
    claims.put("token_endpoint_auth_signing_alg_values_supported", ALGORITHMS);
    claims.put("introspection_endpoint_auth_methods_supported", AUTHENTICATION_METHODS);
    claims.put(
        "revocation_endpoint_auth_methods_supported",
        List.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt"));
    claims.put("userinfo_endpoint", addresses.issuer() + Endpoints.USER_INFO);
  }
}

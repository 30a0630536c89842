package dev.kiln.auth.endpoint;

import java.util.List;

/** The paths of the endpoints, below the issuer. */
final class Endpoints {

  static final String AUTHORIZE = "/oauth2/authorize";
  static final String TOKEN = "/oauth2/token";
  static final String INTROSPECT = "/oauth2/introspect";
  static final String REVOKE = "/oauth2/revoke";
  static final String JWKS = "/oauth2/jwks";
  static final String USER_INFO = "/userinfo";
  static final String OPENID_CONFIGURATION = "/.well-known/openid-configuration";
  static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";

  /** No other path of the library's is served. */
  static final List<String> ALL =
      List.of(
          AUTHORIZE,
          TOKEN,
          INTROSPECT,
          REVOKE,
          JWKS,
          USER_INFO,
          OPENID_CONFIGURATION,
          OAUTH_METADATA);

  private Endpoints() {}
}

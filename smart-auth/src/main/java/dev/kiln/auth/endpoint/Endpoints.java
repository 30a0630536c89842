package dev.kiln.auth.endpoint;

import java.util.List;

/** The paths of the endpoints, below the issuer. */
public final class Endpoints {

  public static final String AUTHORIZE = "/oauth2/authorize";
  public static final String TOKEN = "/oauth2/token";
  public static final String INTROSPECT = "/oauth2/introspect";
  public static final String REVOKE = "/oauth2/revoke";
  public static final String JWKS = "/oauth2/jwks";
  public static final String USER_INFO = "/userinfo";
  public static final String OPENID_CONFIGURATION = "/.well-known/openid-configuration";
  public static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";

  /** No other path of the library's is served. */
  public static final List<String> ALL =
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

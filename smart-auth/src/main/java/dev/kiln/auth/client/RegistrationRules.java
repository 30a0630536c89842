package dev.kiln.auth.client;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.kiln.auth.SmartScope;
import dev.kiln.auth.SmartScope.Level;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.client.Clients.Registration;
import dev.kiln.auth.client.Clients.Wrong;
import dev.kiln.auth.scope.Scopes;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;

/** What a registration must be like, so that no client is registered that could harm people. */
final class RegistrationRules {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final Set<String> DANGEROUS =
      Set.of("javascript", "data", "vbscript", "file", "blob", "about");

  private RegistrationRules() {}

  /**
   * @throws IllegalArgumentException with the reason
   */
  static void check(Registration registration) {
    demand(!registration.name().isBlank(), "name", "A client needs a name");
    boolean isAsymmetric = registration.kind() == Kind.CONFIDENTIAL_ASYMMETRIC;
    demand(
        !registration.isBackend() || isAsymmetric,
        "kind",
        "A backend service proves who it is by a signature (SMART Backend Services)");
    demand(
        registration.isBackend() == registration.redirectUris().isEmpty()
            || registration.mayIntrospect() && registration.redirectUris().isEmpty(),
        "redirectUris",
        "An app needs an address to which people are sent back; a backend service has none");
    boolean hasKeys = registration.jwks() != null;
    boolean hasKeysAddress = registration.jwksUrl() != null;
    demand(
        isAsymmetric ? hasKeys != hasKeysAddress : !hasKeys && !hasKeysAddress,
        "jwks",
        "A client that signs has either keys or an address of keys; no other one has them");
    if (hasKeys) {
      checkKeys(registration.jwks());
    }
    if (hasKeysAddress) {
      checkWeb("jwksUrl", "The address of keys", registration.jwksUrl());
    }
    if (registration.launchUrl() != null) {
      checkWeb("launchUrl", "The launch address", registration.launchUrl());
    }
    registration.redirectUris().forEach(uri -> checkRedirect(uri, registration.kind()));
    registration.scopes().forEach(scope -> checkScope(scope, registration.isBackend()));
  }

  /**
   * What a client that is no part of this server may not have.
   *
   * @throws IllegalArgumentException with the reason
   */
  static void checkForeign(Registration registration) {
    registration
        .scopes()
        .forEach(
            scope ->
                demand(
                    !Scopes.isOfOwnApps(scope),
                    "scopes",
                    "Only apps that are a part of Kiln may have the scope " + scope));
  }

  private static void checkKeys(String jwks) {
    try {
      boolean isUsable = false;
      for (JWK key : JWKSet.parse(jwks).getKeys()) {
        demand(
            !key.isPrivate(),
            "jwks",
            "A client registers its public keys and keeps the private ones");
        // Assertions name their key by it (SMART App Launch 2.2, "Registering a client").
        demand(key.getKeyID() != null, "jwks", "Each key needs a kid");
        isUsable |= key instanceof RSAKey || key instanceof ECKey;
      }
      demand(isUsable, "jwks", "The key set has no RSA or EC key");
    } catch (ParseException | NullPointerException e) {
      // The library throws the latter where a null stands for the set or for a key.
      throw new Wrong("jwks", "The keys are no JSON Web Key Set");
    }
  }

  /** Plain HTTP only within this machine, where nobody listens on the way. */
  private static void checkWeb(String component, String what, String address) {
    URI uri = parsed(component, what, address);
    demand(
        "https".equals(uri.getScheme()) && uri.getRawAuthority() != null
            || "http".equals(uri.getScheme())
                // Java has no host for a name with an underscore, which some networks have.
                && uri.getHost() != null
                && LOOPBACK.contains(uri.getHost()),
        component,
        what + " must be an https address");
  }

  /**
   * Besides web addresses, apps on phones have a scheme of their own, with a dot (RFC 8252, section
   * 7.1), which also keeps out the schemes that browsers execute.
   */
  private static void checkRedirect(String address, Kind kind) {
    URI uri = parsed("redirectUris", "A redirect address", address);
    boolean isOwnScheme =
        kind == Kind.PUBLIC
            && uri.getScheme() != null
            && uri.getScheme().contains(".")
            && !DANGEROUS.contains(uri.getScheme());
    if (!isOwnScheme) {
      checkWeb("redirectUris", "A redirect address", address);
    }
  }

  private static void checkScope(String scope, boolean isBackend) {
    Optional<SmartScope> resources = SmartScope.of(scope);
    demand(
        isBackend
            ? resources.isPresent() && resources.get().level() == Level.SYSTEM
            : Scopes.WORDS.contains(scope)
                || Scopes.isRight(scope)
                || resources.isPresent() && resources.get().level() != Level.SYSTEM,
        "scopes",
        "Not a scope for this kind of client: " + scope);
    demand(scope.indexOf(' ') < 0, "scopes", "A scope has no space");
  }

  private static URI parsed(String component, String what, String address) {
    try {
      URI uri = new URI(address);
      demand(
          uri.isAbsolute() && uri.getRawFragment() == null && uri.getRawUserInfo() == null,
          component,
          what + " must be absolute, without fragment and user");
      return uri;
    } catch (URISyntaxException e) {
      throw new Wrong(component, what + " is no address");
    }
  }

  private static void demand(boolean isSo, String component, String reason) {
    if (!isSo) {
      throw new Wrong(component, reason);
    }
  }
}

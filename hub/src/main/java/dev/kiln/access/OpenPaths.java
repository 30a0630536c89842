package dev.kiln.access;

import java.util.List;
import java.util.Set;

/**
 * What is open without a token, as one table. Paths are compared as they were sent, undecoded: one
 * with dots, semicolons, escapes or double slashes matches nothing here.
 */
final class OpenPaths {

  private static final Set<String> EXACT =
      Set.of(
          // The probes of whoever runs the process.
          "/actuator/health/liveness",
          "/actuator/health/readiness",
          // What FHIR and SMART want an app to read before it has a token.
          "/fhir/metadata",
          "/fhir/.well-known/smart-configuration",
          // Guarded by their own checks: client authentication, or a token of OpenID Connect.
          "/userinfo",
          // The launcher, which holds nothing before somebody signs in.
          "/",
          // Guarded by a ticket, since a browser sends no token with it.
          "/live",
          // The pages by which a person comes to a session, guarded by it and against forged posts.
          "/sign-in",
          "/sign-out",
          "/second-factor",
          "/reset",
          "/consent",
          "/choose-patient",
          "/account");

  /** Everything below. */
  private static final List<String> BELOW =
      List.of(
          "/.well-known/",
          "/oauth2/",
          "/sign-in/",
          "/second-factor/",
          "/account/",
          "/invitation/",
          "/reset/",
          "/upstream/",
          "/auth/assets/",
          // Apps are the same for everybody; what they show they ask for with a token.
          "/apps/");

  private OpenPaths() {}

  static boolean contains(String path) {
    return EXACT.contains(path) || BELOW.stream().anyMatch(path::startsWith) && isPlain(path);
  }

  /** Nothing that a container could read as another path than it looks. */
  private static boolean isPlain(String path) {
    return !path.contains("..")
        && !path.contains("//")
        && path.chars().noneMatch(one -> one == ';' || one == '%' || one == '\\');
  }
}

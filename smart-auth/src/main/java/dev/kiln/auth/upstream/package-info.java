/** Signing in with the organisation's own OpenID Connect provider. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"auth", "auth.account", "auth.signin"})
package dev.kiln.auth.upstream;

/** Signing in with the organisation's own OpenID Connect provider. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"auth", "auth.secondfactor", "auth.signin", "auth :: account"})
package dev.kiln.auth.upstream;

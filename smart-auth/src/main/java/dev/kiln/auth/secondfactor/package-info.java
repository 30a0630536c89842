/**
 * The code from a phone that is asked for after the password (TOTP, RFC 6238), and what replaces
 * it.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"auth", "auth :: secret"})
package dev.kiln.auth.secondfactor;

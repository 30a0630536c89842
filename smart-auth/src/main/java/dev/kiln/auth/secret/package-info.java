/**
 * Random tokens, and the key that seals what must be read again but not by a thief of the database.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = "auth")
package dev.kiln.auth.secret;

/**
 * Links by e-mail with which somebody chooses a password: the first one, or one for a forgotten
 * one.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "auth",
      "auth.signin",
      "auth :: account",
      "auth :: post",
      "auth :: secret"
    })
package dev.kiln.auth.mail;

/** How somebody signs in: the steps, the sessions, and what keeps guessers out. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "auth",
      "auth.secondfactor",
      "auth :: account",
      "auth :: directory",
      "auth :: secret"
    })
package dev.kiln.auth.signin;

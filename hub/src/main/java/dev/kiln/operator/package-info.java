/**
 * Whoever can read the data folder runs this hub: a key in it opens the API to the command line,
 * and through it accounts and apps come into being.
 */
@ApplicationModule(
    displayName = "operator",
    allowedDependencies = {
      "auth",
      "auth :: client",
      "auth :: account",
      "auth :: key",
      "auth :: launch"
    })
package dev.kiln.operator;

import org.springframework.modulith.ApplicationModule;

/** Kiln's own apps: where they are served, and the launcher that opens them and others. */
@ApplicationModule(
    displayName = "launcher",
    allowedDependencies = {
      "auth",
      "auth :: account",
      "auth :: client",
      "auth :: launch",
      "fhir",
      "fhir :: access"
    })
package dev.kiln.launcher;

import org.springframework.modulith.ApplicationModule;

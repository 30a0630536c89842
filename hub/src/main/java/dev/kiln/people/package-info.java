/** Who may use the hub: people's accounts, and the apps and services that act for them. */
@ApplicationModule(
    displayName = "people",
    allowedDependencies = {
      "access",
      "auth",
      "auth :: account",
      "auth :: client",
      "auth :: directory",
      "fhir",
      "fhir :: access",
      "fhir :: audit"
    })
package dev.kiln.people;

import org.springframework.modulith.ApplicationModule;

/**
 * Writes everything that Kiln keeps into one file, and brings it back into an empty installation.
 */
@ApplicationModule(
    displayName = "backup",
    allowedDependencies = {"fhir", "routes", "auth"})
package dev.kiln.backup;

import org.springframework.modulith.ApplicationModule;

/** Tells the screens of those who run the hub when something has changed. */
@ApplicationModule(
    displayName = "live",
    allowedDependencies = {"fhir", "fhir :: access", "routes", "routes :: control"})
package dev.kiln.live;

import org.springframework.modulith.ApplicationModule;

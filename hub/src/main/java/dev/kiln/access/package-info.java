/**
 * Keeps strangers out, tells the FHIR API on whose behalf a request comes, and shares the server
 * out among its clients.
 */
@ApplicationModule(
    displayName = "access",
    allowedDependencies = {"fhir :: access"})
package dev.kiln.access;

import org.springframework.modulith.ApplicationModule;

/** The FHIR R4 server: the only module that knows the FHIR database. */
@ApplicationModule(
    displayName = "fhir-server",
    allowedDependencies = {"profiles", "terminology"})
package dev.kiln.fhir;

import org.springframework.modulith.ApplicationModule;

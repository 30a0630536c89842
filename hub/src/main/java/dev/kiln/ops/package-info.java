/**
 * What an operator asks of the process: is it alive, is it ready, why did it not start, what is
 * wrong with this machine.
 */
@ApplicationModule(
    displayName = "ops",
    allowedDependencies = {"fhir", "routes", "routes :: control", "routes :: settings"})
package dev.kiln.ops;

import org.springframework.modulith.ApplicationModule;

/**
 * Brings a translation into the store: finds who is meant, merges with what is known, and says
 * where it came from.
 */
@ApplicationModule(allowedDependencies = {"routes", "routes :: control"})
package dev.kiln.routes.sink;

import org.springframework.modulith.ApplicationModule;

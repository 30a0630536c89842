/**
 * Tells people what is amiss with the interfaces: once, again after a while, and when it is over.
 */
@ApplicationModule(allowedDependencies = {"routes", "routes :: control", "routes :: settings"})
package dev.kiln.routes.alert;

import org.springframework.modulith.ApplicationModule;

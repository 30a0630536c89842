/** The way in: one class per listener, which knows the wire and never the meaning. */
@ApplicationModule(
    allowedDependencies = {"routes", "routes :: control", "routes :: settings", "routes.inbox"})
package dev.kiln.routes.edge;

import org.springframework.modulith.ApplicationModule;

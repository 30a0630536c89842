/**
 * The durable first step: raw bytes are committed, then acknowledged, then translated and applied
 * in their order.
 */
@ApplicationModule(
    allowedDependencies = {"routes", "routes :: control", "routes :: settings", "routes.sink"})
package dev.kiln.routes.inbox;

import org.springframework.modulith.ApplicationModule;

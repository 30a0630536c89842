/**
 * What {@code ./kiln} asks of the jar besides serving. Each command runs in a process of its own
 * and says how it ended.
 */
@ApplicationModule(
    displayName = "command",
    allowedDependencies = {
      "fhir",
      "backup",
      "operator",
      "ops",
      "role",
      "routes",
      "routes :: settings"
    })
package dev.kiln.command;

import org.springframework.modulith.ApplicationModule;

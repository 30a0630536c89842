/** HL7 v2: reads, judges, acknowledges and translates its messages, one class per message type. */
@ApplicationModule(
    allowedDependencies = {
      "routes",
      "routes :: control",
      "routes :: settings",
      "routes.inbox",
      "terminology",
      "profiles"
    })
package dev.kiln.routes.hl7v2;

import org.springframework.modulith.ApplicationModule;

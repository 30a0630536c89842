/** What an interface engineer asks of the messages that came, as operations of the FHIR API. */
@ApplicationModule(
    displayName = "messages",
    allowedDependencies = {
      "fhir",
      "fhir :: access",
      "fhir :: audit",
      "routes",
      "routes :: control",
      "routes :: settings"
    })
package dev.kiln.messages;

import org.springframework.modulith.ApplicationModule;

/** Every wire protocol and its translation: edge, inbox, translator, sink. */
@ApplicationModule(
    displayName = "camel-routes",
    allowedDependencies = {"profiles", "terminology"})
package dev.kiln.routes;

import org.springframework.modulith.ApplicationModule;

/** Code systems, value sets and concept maps: what a code of one table is called in another. */
@ApplicationModule(
    displayName = "terminology",
    allowedDependencies = {"profiles"})
package dev.kiln.terminology;

import org.springframework.modulith.ApplicationModule;

/** The conformance resources that Kiln defines, and the class that hands them out. */
@ApplicationModule(
    displayName = "profiles",
    allowedDependencies = {})
package dev.kiln.profiles;

import org.springframework.modulith.ApplicationModule;

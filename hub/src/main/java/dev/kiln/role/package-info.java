/** What this process is: today all roles at once, wired here and nowhere else. */
@ApplicationModule(displayName = "role")
package dev.kiln.role;

import org.springframework.modulith.ApplicationModule;

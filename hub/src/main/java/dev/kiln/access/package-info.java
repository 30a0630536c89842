/**
 * Keeps strangers out: one generated token opens the API until accounts and sign-in take its place.
 */
@ApplicationModule(
    displayName = "access",
    allowedDependencies = {})
package dev.kiln.access;

import org.springframework.modulith.ApplicationModule;

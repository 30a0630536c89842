/**
 * Who signs in, which apps they let in, and what those may do: the SMART App Launch authorization
 * server.
 */
@ApplicationModule(
    displayName = "smart-auth",
    allowedDependencies = {})
package dev.kiln.auth;

import org.springframework.modulith.ApplicationModule;

/** Where the sessions of the browsers are kept, and what their cookies look like. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"auth", "auth :: secret"})
package dev.kiln.auth.sessionstore;

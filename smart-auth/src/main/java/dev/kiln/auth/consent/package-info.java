/** What somebody decides when an app wants in: for which patient, and how much. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"auth"})
package dev.kiln.auth.consent;

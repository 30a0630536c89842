/** Accounts, their passwords, and what their roles allow. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"auth", "auth.secret"})
package dev.kiln.auth.account;

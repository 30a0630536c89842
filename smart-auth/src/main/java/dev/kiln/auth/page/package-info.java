/** The pages on which people look after their account, and what all pages have in common. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "auth",
      "auth.consent",
      "auth.secondfactor",
      "auth.signin",
      "auth :: account"
    })
package dev.kiln.auth.page;

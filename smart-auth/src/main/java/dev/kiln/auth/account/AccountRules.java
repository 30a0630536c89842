package dev.kiln.auth.account;

import dev.kiln.auth.account.NewAccount.Wrong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What an account must be like. */
final class AccountRules {

  private static final Pattern FHIR_USER =
      Pattern.compile("(Patient|Practitioner|RelatedPerson|Person)/[A-Za-z0-9.-]{1,64}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s,;<>\"]{1,64}@[^@\\s,;<>\"]{1,190}");

  /** An index has room for no more than some thousand bytes. */
  private static final int LONGEST_NAME = 200;

  private AccountRules() {}

  /**
   * @throws Wrong where it may not be so, in a sentence for its opener
   */
  static void check(NewAccount wanted, Roles roles) {
    if (wanted.login() == null || !LoginName.isAllowed(wanted.login())) {
      throw new Wrong(
          "login",
          "A login name has letters, digits and . _ @ + -, at most 100, and begins with a letter or"
              + " digit.");
    }
    if (wanted.name() == null || wanted.name().isBlank()) {
      throw new Wrong("name", "An account needs a name.");
    }
    if (wanted.name().length() > LONGEST_NAME
        || wanted.name().chars().anyMatch(Character::isISOControl)) {
      throw new Wrong("name", "A name has at most 200 characters, and none that cannot be seen.");
    }
    if (wanted.email() != null && !EMAIL.matcher(wanted.email()).matches()) {
      throw new Wrong("email", "That is no e-mail address.");
    }
    if (wanted.fhirUser() != null && !FHIR_USER.matcher(wanted.fhirUser()).matches()) {
      throw new Wrong(
          "fhirUser", "An account is linked to a Patient, Practitioner, RelatedPerson or Person.");
    }
    checkRoles(wanted.roles(), wanted.fhirUser(), roles);
  }

  /**
   * @param fhirUser null for nobody in the store
   * @throws Wrong where such an account may not have them
   */
  static void checkRoles(Set<String> wanted, String fhirUser, Roles roles) {
    if (wanted.isEmpty()) {
      throw new Wrong("roles", "An account needs a role.");
    }
    for (String role : wanted) {
      if (roles.all().stream().noneMatch(known -> known.name().equals(role))) {
        throw new Wrong("roles", "There is no role " + role + ".");
      }
      if (!roles.named(role).fits(fhirUser)) {
        throw new Wrong(
            "roles",
            "The role "
                + role
                + " is for accounts linked to a "
                + String.join(" or ", new TreeSet<>(roles.named(role).people()))
                + ".");
      }
    }
  }
}

package dev.kiln.auth.account;

import dev.kiln.auth.SmartScope;
import java.util.List;
import java.util.Set;

/**
 * What somebody does in the organisation, as {@code roles.yaml} has it.
 *
 * @param name for example {@code lab-technician}
 * @param people types of the resource that such an account is linked to; empty where it may be of
 *     nobody in the store
 * @param secondFactor whether it must have one
 * @param scopes what it allows of resources
 * @param rights what it allows beside that, for example {@code message.read}
 */
public record Role(
    String name,
    Set<String> people,
    boolean secondFactor,
    List<SmartScope> scopes,
    Set<String> rights) {

  /** Whether an account that is linked so may have the role. */
  boolean fits(String fhirUser) {
    if (fhirUser == null) {
      return people.isEmpty();
    }
    return people.isEmpty() || people.contains(fhirUser.substring(0, fhirUser.indexOf('/')));
  }
}

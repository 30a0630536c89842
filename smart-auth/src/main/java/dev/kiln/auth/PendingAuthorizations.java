package dev.kiln.auth;

import java.util.List;
import java.util.Optional;

/** What the pages ask and tell while a person decides on an app's request. */
public interface PendingAuthorizations {

  /** Empty where there is none of that state for this account. */
  Optional<PendingAuthorization> of(String state, Account who);

  /**
   * Remembers the patient that was chosen.
   *
   * @param patientId bare, without the type
   * @return false for one that the account may not choose
   */
  boolean choosePatient(String state, Account who, String patientId);

  /**
   * Narrows the request to these scopes, before consent is given.
   *
   * @param scopes each must be covered by a requested one
   * @return false, and nothing is changed, where one is not
   */
  boolean narrow(String state, Account who, List<String> scopes);
}

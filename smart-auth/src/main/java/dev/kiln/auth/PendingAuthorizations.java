package dev.kiln.auth;

import java.util.List;
import java.util.Optional;

/** The requests of apps that wait for a person's decision. */
public interface PendingAuthorizations {

  /** Empty where there is none of that state for this account. */
  Optional<PendingAuthorization> of(String state, Account who);

  /**
   * Remembers the patient that was chosen.
   *
   * @return false, and nothing is remembered, where the account may not choose that patient
   */
  boolean choosePatient(String state, Account who, String patientId);

  /**
   * Narrows the request to these scopes, before consent is given.
   *
   * @return false, and nothing is narrowed, where no requested scope covers one of them
   */
  boolean narrow(String state, Account who, List<String> scopes);
}

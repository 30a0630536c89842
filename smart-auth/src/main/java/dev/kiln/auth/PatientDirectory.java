package dev.kiln.auth;

import java.util.List;
import java.util.Optional;

/** The patients that a person may choose from when an app asks for one. The hub binds it. */
public interface PatientDirectory {

  /**
   * Patients by a part of their name, a birth date or an identifier.
   *
   * @param on whose behalf: a clinician finds all, a patient only those that they may act for
   * @param most how many at the most
   */
  List<Entry> find(Account on, String text, int most);

  /** The patient of that id; empty also where the account may not choose it. */
  Optional<Entry> entry(Account on, String id);

  /**
   * What is shown of a patient.
   *
   * @param id bare, without the type
   * @param birthDate as FHIR writes it; may be empty
   * @param identifier the one that people know, with its kind; may be empty
   */
  record Entry(String id, String name, String birthDate, String gender, String identifier) {}
}

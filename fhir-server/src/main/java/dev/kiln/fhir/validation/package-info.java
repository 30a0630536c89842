/**
 * Judges what is written against FHIR's definitions and the profiles that it claims, and says where
 * it is wrong.
 */
package dev.kiln.fhir.validation;

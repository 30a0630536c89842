/**
 * What is committed together with the resources: which messages have been applied, who is meant by
 * which identifier, and what each source said.
 */
package dev.kiln.fhir.ledger;

/**
 * The PostgreSQL below the FHIR store: embedded or given, its pool, its schema and HAPI's JPA layer
 * on it.
 */
package dev.kiln.fhir.storage;

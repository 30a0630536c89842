/**
 * What one segment says, as one FHIR resource or element; one class per segment, by what they are
 * about.
 */
package dev.kiln.routes.hl7v2.segment;

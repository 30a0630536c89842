/** What one segment says, as one FHIR resource or element; one class per segment. */
package dev.kiln.routes.hl7v2.segment;

/** What one field says, as one FHIR datatype; one class per HL7 v2 datatype (chapter 2A). */
package dev.kiln.routes.hl7v2.datatype;

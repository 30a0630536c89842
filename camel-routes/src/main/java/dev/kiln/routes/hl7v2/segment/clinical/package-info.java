/** Allergies, diagnoses and procedures that come with patient administration (chapters 3 and 6). */
package dev.kiln.routes.hl7v2.segment.clinical;

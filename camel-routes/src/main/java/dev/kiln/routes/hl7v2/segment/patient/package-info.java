/** Who the patient is and who stands by them: PID and what comes with it (chapter 3). */
package dev.kiln.routes.hl7v2.segment.patient;

/** The visit and who takes part in it: PV1 and what comes with it (chapter 3). */
package dev.kiln.routes.hl7v2.segment.visit;

/** Scheduling messages (chapter 10), one class per trigger event. */
package dev.kiln.routes.hl7v2.siu;

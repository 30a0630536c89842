/** Observation reporting messages (chapter 7), one class per trigger event. */
package dev.kiln.routes.hl7v2.oru;

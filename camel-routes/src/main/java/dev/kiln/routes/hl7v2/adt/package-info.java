/** Patient administration messages (chapter 3), one class per trigger event. */
package dev.kiln.routes.hl7v2.adt;

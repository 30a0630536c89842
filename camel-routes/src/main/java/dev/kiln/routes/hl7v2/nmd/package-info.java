/** Application management messages (chapter 14), one class per trigger event. */
package dev.kiln.routes.hl7v2.nmd;

/**
 * The pipe form of HL7 v2 (chapter 2), read through cursors that remember what was read and where.
 */
package dev.kiln.routes.hl7v2.er7;

/** Senders and receivers of HL7 v2 that others have written, against Kiln. */
package dev.kiln.peer;

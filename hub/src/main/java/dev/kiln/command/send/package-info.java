/** Sends HL7 v2 messages over MLLP, and says how they were answered. */
package dev.kiln.command.send;

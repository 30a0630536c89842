/** Counts what the HL7 v2 messages of a folder would become, without a server. */
package dev.kiln.command.corpus;

/** Files of HL7 v2 messages that are dropped into a folder. */
package dev.kiln.routes.edge.file;

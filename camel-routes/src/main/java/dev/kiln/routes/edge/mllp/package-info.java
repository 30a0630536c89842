/** HL7 v2 over MLLP: frames cut from streams, connections, and the listeners that hold them. */
package dev.kiln.routes.edge.mllp;

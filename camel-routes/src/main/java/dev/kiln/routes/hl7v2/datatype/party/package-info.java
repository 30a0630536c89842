/** Who and where: persons, organisations and places, with their names, addresses and numbers. */
package dev.kiln.routes.hl7v2.datatype.party;

/** Which resources the permissions of a token are about. */
package dev.kiln.fhir.access.view;

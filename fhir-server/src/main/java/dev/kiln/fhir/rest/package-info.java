/** The FHIR REST API: the servlet, what it offers, what it refuses and how it says so. */
package dev.kiln.fhir.rest;

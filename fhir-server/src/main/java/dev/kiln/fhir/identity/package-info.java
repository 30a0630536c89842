/** Who is who: which identifier means which patient or visit, and patients that become one. */
package dev.kiln.fhir.identity;
